from django.urls import path

from whatmatters.directory import views

urlpatterns = [
    path("groups/", views.groups, name="groups"),
    path("groups/add/", views.add, name="add-group"),
    path("groups/<uuid:group>/", views.group, name="group"),
    path("groups/<uuid:group>/change/", views.change, name="change-group"),
]
