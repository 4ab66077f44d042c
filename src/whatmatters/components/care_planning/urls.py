"""Staff come by ``plan…``, the person and who acts for them by ``my-plan…``: the same pages, other gates."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from whatmatters.components.care_planning.urls_together import urlpatterns as together
from whatmatters.components.care_planning.views import after, due, elsewhere, goals, items, reading, writing


class GoalOrAction(StringConverter):
    regex = "goal|action"


register_converter(GoalOrAction, "goal_or_action")
PLAN, MINE = "people/<uuid:person>/plan", "my/<uuid:person>/plan"

# (address, name, the name of the page in goals.PAGES)
GOALS = (
    ("goals/", "goals", "goals"),
    ("goals/add/", "goal-add", "add_goal"),
    ("goals/<uuid:goal>/", "goal", "goal"),
    ("goals/<uuid:goal>/remove/", "goal-remove", "remove_goal"),
    ("goals/<uuid:goal>/actions/add/", "action-add", "add_action"),
    ("actions/<uuid:action>/", "action", "action"),
    ("actions/<uuid:action>/remove/", "action-remove", "remove_action"),
    ("progress/<goal_or_action:kind>/<uuid:of>/", "progress", "progress"),
)

# (address, name, the name of the page in items.PAGES)
ITEMS = (
    ("kinds/", "kinds", "kinds"),
    ("parts/", "parts", "parts"),
    ("parts/<slug:section>/", "section", "section"),
    ("parts/<slug:section>/add/", "item-add", "add"),
    ("entries/<uuid:item>/", "item", "change"),
    ("entries/<uuid:item>/remove/", "item-remove", "remove"),
)

urlpatterns: list[URLPattern] = [
    *together,
    path("plans/due/", due.due, name="plans-due"),
    path(f"{PLAN}/", reading.plan, name="plan"),
    path(f"{PLAN}/versions/<int:number>/", reading.version, name="plan-version"),
    path(f"{PLAN}/versions/<int:number>/changes/", reading.changes, name="plan-changes"),
    path(f"{PLAN}/versions/<int:number>/complete/", reading.complete, name="plan-complete"),
    path(f"{PLAN}/start/", writing.start, name="plan-start"),
    path(f"{PLAN}/words/", writing.words, name="plan-words"),
    path(f"{PLAN}/conversation/", writing.conversation, name="plan-conversation"),
    path(f"{PLAN}/agree/", after.agree, name="plan-agree"),
    path(f"{PLAN}/share/", after.share, name="plan-share"),
    path(f"{PLAN}/review/", after.review, name="plan-review"),
    path(f"{PLAN}/ask/", after.ask, name="plan-ask"),
    path(f"{PLAN}/offer/", after.offer, name="plan-offered"),
    path(f"{PLAN}/decline/", after.decline, name="plan-decline"),
    *(path(f"{PLAN}/{where}", goals.STAFF[page], name=f"plan-{name}") for where, name, page in GOALS),
    path(f"{PLAN}/elsewhere/", elsewhere.elsewhere, name="plan-elsewhere"),
    path(f"{PLAN}/elsewhere/<uuid:made>/take-over/", elsewhere.take_over, name="plan-take-over"),
    path(f"{MINE}/elsewhere/", elsewhere.my_elsewhere, name="my-plan-elsewhere"),
    *(path(f"{PLAN}/{where}", items.STAFF[page], name=f"plan-{name}") for where, name, page in ITEMS),
    path(f"{MINE}/", reading.my_plan, name="my-plan"),
    path(f"{MINE}/versions/<int:number>/", reading.my_version, name="my-plan-version"),
    path(f"{MINE}/versions/<int:number>/changes/", reading.my_changes, name="my-plan-changes"),
    path(f"{MINE}/start/", writing.my_start, name="my-plan-start"),
    path(f"{MINE}/words/", writing.my_words, name="my-plan-words"),
    path(f"{MINE}/conversation/", writing.my_conversation, name="my-plan-conversation"),
    path(f"{MINE}/ask/", after.my_ask, name="my-plan-ask"),
    *(path(f"{MINE}/{where}", goals.OWN[page], name=f"my-plan-{name}") for where, name, page in GOALS),
    *(path(f"{MINE}/{where}", items.OWN[page], name=f"my-plan-{name}") for where, name, page in ITEMS),
]
