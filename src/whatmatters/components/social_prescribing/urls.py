from django.urls import path

from whatmatters.components.social_prescribing.views import (
    asking,
    case,
    conversation,
    desk,
    door,
    matching,
    matters,
    safeguarding,
    sharing,
    watching,
)

CASE = "people/<uuid:person>/social-prescribing"

urlpatterns = [
    path("social-prescribing/", desk.referral_desk, name="referral-desk"),
    path("social-prescribing/refer/", asking.self_refer, name="self-refer"),
    path("social-prescribing/sent/", asking.my_referrals, name="my-referrals"),
    path("social-prescribing/follow/<str:word>/", asking.track, name="track-referral"),
    path("social-prescribing/unmatched/<uuid:referral>/", desk.unmatched, name="unmatched"),
    path("social-prescribing/unmatched/<uuid:referral>/register/", matching.register, name="register-unmatched"),
    path("social-prescribing/unmatched/<uuid:referral>/<slug:name>/", desk.unmatched_act, name="unmatched-act"),
    path("social-prescribing/once/<str:word>/", door.one_time, name="one-time-referral"),
    path("social-prescribing/links/", door.links, name="one-time-links"),
    path("social-prescribing/links/<uuid:link>/withdraw/", door.withdraw, name="withdraw-link"),
    path("social-prescribing/take-down/", door.take_down, name="take-down"),
    path("social-prescribing/waiting/", watching.waiting_list, name="waiting-referrals"),
    path("social-prescribing/waiting/<uuid:referral>/told/", watching.told, name="told-by-voice"),
    path("social-prescribing/services/<str:code>/", watching.service, name="service"),
    path("social-prescribing/services/<str:code>/groups/add/", watching.add_group, name="add-priority-group"),
    path(
        "social-prescribing/services/<str:code>/groups/<uuid:priority>/", watching.change_group, name="priority-group"
    ),
    path(f"{CASE}/refer/", asking.refer, name="refer"),
    path(f"{CASE}/<uuid:referral>/", case.case, name="case"),
    path(f"{CASE}/<uuid:referral>/cancel/", asking.cancel_mine, name="cancel-referral"),
    path(f"{CASE}/<uuid:referral>/priorities/", matching.priorities, name="case-priorities"),
    path(f"{CASE}/<uuid:referral>/group/", case.link, name="case-group"),
    path(f"{CASE}/<uuid:referral>/group/<uuid:connection>/", case.went, name="case-went"),
    path(f"{CASE}/<uuid:referral>/conversation/", conversation.conversation, name="conversation"),
    path(f"{CASE}/<uuid:referral>/conversation/matters/", matters.matters, name="conversation-matters"),
    path(f"{CASE}/<uuid:referral>/conversation/item/<uuid:entry>/", conversation.item, name="conversation-item"),
    path(f"{CASE}/<uuid:referral>/conversation/<slug:section>/", conversation.section, name="conversation-section"),
    path(f"{CASE}/<uuid:referral>/safeguarding/", safeguarding.notes, name="safeguarding"),
    path(f"{CASE}/<uuid:referral>/safeguarding/<uuid:entry>/", safeguarding.note, name="safeguarding-note"),
    path(f"{CASE}/<uuid:referral>/sharing/", sharing.sharing, name="case-sharing"),
    path("my/<uuid:person>/conversations/", sharing.mine, name="my-conversation"),
    path("my/<uuid:person>/conversations/<uuid:referral>/sharing/", sharing.my_sharing, name="my-sharing"),
    path(f"{CASE}/<uuid:referral>/<slug:name>/", case.act, name="case-act"),
]
