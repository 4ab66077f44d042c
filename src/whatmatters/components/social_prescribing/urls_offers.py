"""Routes of proactive offers, practice meetings and the scheme's protocol."""

from django.urls import path

from whatmatters.components.social_prescribing.views import invited, inviting, meetings, proactive, scheme

OFFERS, SCHEMES = "social-prescribing/offers", "social-prescribing/schemes"
SCHEME = f"{SCHEMES}/<slug:network>/<slug:year>"
PERSON = "people/<uuid:person>/invitations"

urlpatterns = [
    path(f"{OFFERS}/", proactive.offers, name="offers"),
    path(f"{OFFERS}/plan/", proactive.plan, name="plan-offer"),
    path(f"{OFFERS}/<uuid:offer>/", proactive.offer, name="offer"),
    path(f"{OFFERS}/<uuid:offer>/change/", proactive.change, name="change-offer"),
    path(f"{OFFERS}/<uuid:offer>/partner/", proactive.partner, name="offer-partner"),
    path(f"{OFFERS}/<uuid:offer>/agree/", proactive.agree, name="agree-offer"),
    path(f"{OFFERS}/<uuid:offer>/review/", proactive.review, name="review-offer"),
    path(f"{OFFERS}/<uuid:offer>/list/", inviting.offer_list, name="offer-list"),
    path(f"{OFFERS}/<uuid:offer>/letters/", invited.letters, name="offer-letters"),
    path("invitation/<str:word>/", invited.invitation, name="offer-invitation"),
    path(f"{PERSON}/", inviting.objections, name="objections"),
    path(f"{PERSON}/known/", inviting.know, name="known-of-life"),
    path("my/<uuid:person>/invitations/", inviting.my_invitations, name="my-invitations"),
    path(f"{PERSON}/<uuid:listed>/<slug:name>/", inviting.listed_act, name="listed-act"),
    path("social-prescribing/meetings/", meetings.practice_meetings, name="practice-meetings"),
    path("social-prescribing/meetings/attest/", meetings.attest_meetings, name="attest-meetings"),
    path(f"{SCHEMES}/", scheme.schemes, name="schemes"),
    path(f"{SCHEME}/", scheme.scheme, name="scheme"),
    path(f"{SCHEME}/numbers/", scheme.numbers, name="scheme-numbers"),
    path(f"{SCHEME}/targets/", scheme.targets, name="scheme-targets"),
    path(f"{SCHEME}/attest/", scheme.attest, name="scheme-attest"),
    path(f"{SCHEME}/<slug:item>/", scheme.statement, name="scheme-item"),
]
