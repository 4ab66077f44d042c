from django.urls import path

from whatmatters.interop.fhir import views
from whatmatters.interop.fhir.plan import views as plan

urlpatterns = [
    path("people/<uuid:person>/referrals/<uuid:referral>/fhir/", views.referral, name="case-fhir"),
    path("people/<uuid:person>/plan/file/", plan.file, name="plan-file"),
    path("my/<uuid:person>/plan/file/", plan.my_file, name="my-plan-file"),
]
