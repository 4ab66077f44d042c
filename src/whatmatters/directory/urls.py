from django.urls import path

from whatmatters.directory.views import finding, group, keeping, own

urlpatterns = [
    path("groups/", finding.groups, name="groups"),
    path("groups/map/", finding.groups_on_map, name="groups-map"),
    path("groups/print/", finding.groups_to_print, name="groups-print"),
    path("groups/add/", keeping.add, name="add-group"),
    path("groups/checks/", keeping.checks, name="directory-checks"),
    path("groups/checks/reports/<int:report>/", keeping.settle, name="settle-report"),
    path("groups/checks/corrections/<int:correction>/", keeping.decide, name="decide-correction"),
    path("groups/yours/<str:word>/", own.own_entry, name="own-entry"),
    path("groups/yours/<str:word>/change/", own.own_change, name="own-change"),
    path("groups/<uuid:group>/", group.group, name="group"),
    path("groups/<uuid:group>/change/", keeping.change, name="change-group"),
    path("groups/<uuid:group>/wrong/", group.report_fault, name="report-fault"),
    path("groups/<uuid:group>/link/", group.ask_link, name="ask-link"),
    path("groups/<uuid:group>/keep/<slug:act>/", keeping.keep, name="keep-group"),
]
