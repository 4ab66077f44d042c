"""Staff come by ``people/…/decisions``, the person and who acts for them by ``my/…/decisions``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
