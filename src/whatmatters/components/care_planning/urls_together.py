"""The plan written together: concerns before the conversation, the conversation, care homes, cohorts and reviews."""

from django.urls import URLPattern, path

from whatmatters.components.care_planning.views import concerns, concerns_seen, delivery, homes, together

PLAN, MINE = "people/<uuid:person>/plan", "my/<uuid:person>/plan"

urlpatterns: list[URLPattern] = [
    path("concerns/", concerns.by_word, name="concerns-word"),
    path("concerns/<str:word>/", concerns.by_link, name="concerns-by-link"),
    path(f"{PLAN}/concerns/", concerns_seen.concerns, name="plan-concerns"),
    path(f"{PLAN}/concerns/write/", concerns.concerns_write, name="plan-concerns-write"),
    path(f"{PLAN}/concerns/letter/", concerns_seen.letter, name="plan-concerns-letter"),
    path(f"{MINE}/concerns/", concerns_seen.my_concerns, name="my-plan-concerns"),
    path(f"{MINE}/concerns/write/", concerns.my_concerns_write, name="my-plan-concerns-write"),
    path(f"{PLAN}/together/", together.together, name="plan-together"),
    path(f"{PLAN}/together/<slug:kind>/", together.saved_block, name="plan-together-block"),
    path(f"{PLAN}/together/<slug:kind>/<uuid:of>/", together.saved_block, name="plan-together-part"),
    path(f"{MINE}/together/", together.my_together, name="my-plan-together"),
    path(f"{MINE}/together/<slug:kind>/", together.my_saved_block, name="my-plan-together-block"),
    path(f"{MINE}/together/<slug:kind>/<uuid:of>/", together.my_saved_block, name="my-plan-together-part"),
    path("care-homes/", homes.care_homes, name="care-homes"),
    path("care-homes/<str:code>/", homes.care_home, name="care-home"),
    path("care-homes/<str:code>/new/", homes.new_resident, name="new-resident"),
    path("people/<uuid:person>/care-home/", homes.lives, name="lives-in"),
    path("plans/cohorts/", delivery.delivery, name="plan-delivery"),
    path("plans/cohorts/<slug:cohort>/", delivery.cohort, name="plan-cohort"),
]
