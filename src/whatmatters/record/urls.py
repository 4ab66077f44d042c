from django.urls import path

from whatmatters.record import views

urlpatterns = [
    path("", views.home, name="home"),
    path("people/<uuid:person>/", views.person, name="person"),
    path("my/<uuid:person>/", views.portal, name="portal"),
    path("my/<uuid:person>/who-looked/", views.who_looked, name="who-looked"),
]
