from django.urls import URLPattern, path

from whatmatters.demo import views

urlpatterns: list[URLPattern] = [
    path("", views.tour, name="demo-tour"),
    path("answer/", views.answer, name="demo-answer"),
    path("at-night/", views.at_night, name="demo-at-night"),
    path("sign-in/", views.sign_in, name="demo-sign-in"),
]
