"""Sharing: the plan seen by others, in an emergency, on paper; and who can see what."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from whatmatters.components.care_planning.views import emergency, outside, papers, shared, sharing


class Look(StringConverter):
    regex = "plain|large|easy"


register_converter(Look, "look")
PLAN, MINE = "people/<uuid:person>/plan", "my/<uuid:person>/plan"

urlpatterns: list[URLPattern] = [
    path("plans/shared/", shared.plans, name="shared-plans"),
    path("plans/shared/<uuid:access>/", shared.plan, name="shared-plan"),
    path("plans/shared/<uuid:access>/print/", shared.printed, name="shared-plan-print"),
    path("plans/emergency/", emergency.emergency, name="emergency"),
    path("plans/emergencies/", emergency.emergencies, name="emergencies"),
    path("people/<uuid:person>/emergencies/<uuid:opening>/", emergency.looked_into, name="emergency-looked-into"),
    path("shared-with-you/<str:word>/", outside.shared_with_you, name="shared-with-you"),
    path("paper/<str:word>/", outside.paper, name="paper"),
    path(f"{PLAN}/print/", papers.printed, name="plan-print"),
    path(f"{PLAN}/read/<look:look>/", papers.read, name="plan-read"),
    path(f"{PLAN}/sharing/", sharing.sharing, name="plan-sharing"),
    path(f"{PLAN}/sharing/add/", sharing.add_access, name="plan-access-add"),
    path(f"{PLAN}/sharing/<uuid:access>/end/", sharing.end, name="plan-access-end"),
    path(f"{PLAN}/sharing/parts/<slug:part>/", sharing.part, name="plan-part"),
    path(f"{MINE}/print/", papers.my_printed, name="my-plan-print"),
    path(f"{MINE}/read/<look:look>/", papers.my_read, name="my-plan-read"),
    path(f"{MINE}/sharing/", sharing.my_sharing, name="my-plan-sharing"),
    path(f"{MINE}/sharing/<uuid:access>/end/", sharing.my_end, name="my-plan-access-end"),
    path(f"{MINE}/sharing/parts/<slug:part>/", sharing.my_part, name="my-plan-part"),
]
