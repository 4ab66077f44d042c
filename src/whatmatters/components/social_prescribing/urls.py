from django.urls import path

from whatmatters.components.social_prescribing.views import asking, case, desk

CASE = "people/<uuid:person>/social-prescribing"

urlpatterns = [
    path("social-prescribing/", desk.referral_desk, name="referral-desk"),
    path("social-prescribing/refer/", asking.self_refer, name="self-refer"),
    path("social-prescribing/sent/", asking.my_referrals, name="my-referrals"),
    path("social-prescribing/follow/<str:word>/", asking.track, name="track-referral"),
    path("social-prescribing/unmatched/<uuid:referral>/", desk.unmatched, name="unmatched"),
    path("social-prescribing/unmatched/<uuid:referral>/<slug:name>/", desk.unmatched_act, name="unmatched-act"),
    path(f"{CASE}/refer/", asking.refer, name="refer"),
    path(f"{CASE}/<uuid:referral>/", case.case, name="case"),
    path(f"{CASE}/<uuid:referral>/cancel/", asking.cancel_mine, name="cancel-referral"),
    path(f"{CASE}/<uuid:referral>/group/", case.link, name="case-group"),
    path(f"{CASE}/<uuid:referral>/group/<uuid:connection>/", case.went, name="case-went"),
    path(f"{CASE}/<uuid:referral>/<slug:name>/", case.act, name="case-act"),
]
