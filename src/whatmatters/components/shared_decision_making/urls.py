"""Staff come by ``people/…/decisions``, the person and who acts for them by ``my/…/decisions``."""

from django.urls import URLPattern, path

from whatmatters.components.shared_decision_making.views import embedded, library, own, reading, talking

THEIRS, MINE, SHELF = "people/<uuid:person>/decisions", "my/<uuid:person>/decisions", "decisions/library"
ONE = f"{THEIRS}/<uuid:decision>"

urlpatterns: list[URLPattern] = [
    path("decisions/", reading.due, name="decisions-due"),
    path("decisions/embedded/", embedded.embedded, name="embedded"),
    path("decisions/embedded/<uuid:embedded>/end/", embedded.end_embedded, name="end-embedded"),
    path(f"{SHELF}/", library.shelves, name="library"),
    path(f"{SHELF}/add/", library.add_situation, name="add-situation"),
    path(f"{SHELF}/<slug:situation>/", library.situation, name="library-situation"),
    path(f"{SHELF}/<slug:situation>/change/", library.change_situation, name="change-situation"),
    path(f"{SHELF}/<slug:situation>/tools/", library.add_tool, name="add-tool"),
    path(f"{SHELF}/<slug:situation>/tools/<slug:tool>/", library.change_tool, name="change-tool"),
    path(f"{THEIRS}/", reading.decisions, name="decisions"),
    path(f"{THEIRS}/start/", talking.start, name="decision-start"),
    path(f"{THEIRS}/prepare/", own.ask, name="ask-to-prepare"),
    path(f"{ONE}/", reading.decision, name="decision"),
    path(f"{ONE}/team/", talking.team, name="decision-team"),
    path(f"{ONE}/options/", talking.options, name="decision-options"),
    path(f"{ONE}/decide/", talking.decide, name="decision-decide"),
    path(f"{ONE}/defer/", reading.defer, name="decision-defer"),
    path(f"{ONE}/cancel/", reading.cancel, name="decision-cancel"),
    path(f"{ONE}/again/", reading.again, name="decision-again"),
    path(f"{ONE}/carry/", reading.carry, name="decision-carry"),
    path(f"{ONE}/take-away/", own.take_away, name="decision-take-away"),
    path(f"{ONE}/pdf/", own.file, name="decision-pdf"),
    path(f"{MINE}/", own.my_decisions, name="my-decisions"),
    path(f"{MINE}/prepare/", own.my_prepare, name="my-prepare"),
    path(f"{MINE}/<uuid:decision>/", own.my_decision, name="my-decision"),
    path(f"{MINE}/<uuid:decision>/pdf/", own.my_file, name="my-decision-pdf"),
    path("before-we-talk/<str:word>/", own.by_link, name="prepare-by-link"),
]
