"""Under /numbers/."""

from django.urls import URLPattern, path

from whatmatters.dashboard import definitions, downloads, promises, scheme, situations, views

urlpatterns: list[URLPattern] = [
    path("", views.index, name="numbers"),
    path("contract/", promises.promises, name="contract"),
    path("contract/<slug:table>.csv", promises.promises_csv, name="contract-csv"),
    path("indicators/", definitions.definitions, name="indicators"),
    path("indicators/<slug:name>/", definitions.definition, name="indicator"),
    path("indicators/<slug:name>/example.csv", definitions.example_csv, name="example-csv"),
    path("<slug:code>/", views.organisation, name="numbers-of"),
    path("<slug:code>/scheme/", scheme.scheme, name="numbers-of-scheme"),
    path("<slug:code>/situations/", situations.situations, name="numbers-of-situations"),
    path("<slug:code>/figures.csv", downloads.organisation, name="numbers-of-csv"),
    path("<slug:code>/below.csv", downloads.under, name="numbers-below-csv"),
    path("<slug:code>/<slug:name>/", views.indicator, name="numbers-of-indicator"),
    path("<slug:code>/<slug:name>/figures.csv", downloads.indicator, name="numbers-of-indicator-csv"),
    path("<slug:code>/<slug:name>/below.csv", downloads.under, name="numbers-below-indicator-csv"),
]
