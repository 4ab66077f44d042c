from django.urls import path

from whatmatters.interop.fhir import views

urlpatterns = [
    path("people/<uuid:person>/referrals/<uuid:referral>/fhir/", views.referral, name="case-fhir"),
]
