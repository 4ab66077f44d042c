"""Every room's routes. The demo's sign-in exists only where the demo is installed (settings/demo.py)."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("whatmatters.record.urls")),
    path("", include("whatmatters.access.urls")),
    path("", include("whatmatters.people.urls")),
    path("", include("whatmatters.workforce.urls")),
    path("", include("whatmatters.directory.urls")),
    path("", include("whatmatters.components.social_prescribing.urls")),
    path("", include("whatmatters.components.social_prescribing.urls_offers")),
    path("", include("whatmatters.components.care_planning.urls")),
    path("", include("whatmatters.components.care_planning.urls_sharing")),
    path("", include("whatmatters.components.shared_decision_making.urls")),
    path("", include("whatmatters.components.shared_decision_making.urls_experience")),
    path("", include("whatmatters.interop.social_prescribing.urls")),
    path("", include("whatmatters.interop.fhir.urls")),
    path("numbers/", include("whatmatters.dashboard.urls")),
    path("openreferral/", include("whatmatters.interop.open_referral.urls")),
]
if "whatmatters.demo" in settings.INSTALLED_APPS:
    urlpatterns.append(path("demo/", include("whatmatters.demo.urls")))

handler400 = "whatmatters.web.errors.bad_request"
handler403 = "whatmatters.web.errors.forbidden"
handler404 = "whatmatters.web.errors.not_found"
handler500 = "whatmatters.web.errors.server_error"
