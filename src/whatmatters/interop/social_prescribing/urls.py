from django.urls import path

from whatmatters.interop.social_prescribing import views

urlpatterns = [
    path("social-prescribing/minimum-dataset/file/", views.minimum_dataset, name="minimum-dataset-file"),
    path("social-prescribing/minimum-dataset/coded/", views.coded_events, name="coded-events-file"),
]
