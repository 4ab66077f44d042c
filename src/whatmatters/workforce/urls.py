from django.urls import URLPattern, path

from whatmatters.workforce import views

urlpatterns: list[URLPattern] = [
    path("team/", views.team, name="team"),
    path("team/add/", views.take_on, name="take-on"),
    path("team/<int:worker>/posts/add/", views.appoint, name="appoint"),
    path("team/posts/<int:post>/end/", views.end_post, name="end-post"),
]
