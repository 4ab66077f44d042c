"""Under /openreferral/: the endpoints of the profile's openapi.json, and organisations as HSDS 3 has them."""

from django.urls import URLPattern, path

from whatmatters.interop.open_referral import views

urlpatterns: list[URLPattern] = [
    path("", views.details, name="open-referral"),
    path("services", views.services, name="open-referral-services"),
    path("services/<uuid:service>", views.service, name="open-referral-service"),
    path("organizations", views.organizations, name="open-referral-organizations"),
    path("organizations/<uuid:organization>", views.organization, name="open-referral-organization"),
    path("service_at_locations", views.service_at_locations, name="open-referral-places"),
    path("service_at_locations/<uuid:place>", views.service_at_location, name="open-referral-place"),
    path("taxonomies", views.taxonomies, name="open-referral-taxonomies"),
    path("taxonomies/<uuid:taxonomy>", views.taxonomy, name="open-referral-taxonomy"),
    path("taxonomy_terms", views.taxonomy_terms, name="open-referral-terms"),
    path("taxonomy_terms/<uuid:term>", views.taxonomy_term, name="open-referral-term"),
]
