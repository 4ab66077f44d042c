"""A page without a declared rule answers nobody, whoever asks."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from whatmatters.access.gate import allows, public
from whatmatters.config import urls


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secrets")


@public
def declared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("for all")


urlpatterns = [*urls.urlpatterns, path("forgotten/", forgotten), path("declared/", declared)]
handler404 = urls.handler404


@pytest.mark.parametrize("role", [None, "administrator", "clinician"])
def test_a_route_that_forgot_its_rule_is_not_found(
    role: str | None, client: Client, make_worker: Any, place: SimpleNamespace, settings: Any
) -> None:
    settings.ROOT_URLCONF, settings.SECOND_FACTOR = __name__, False
    if role:
        client.force_login(make_worker(role, place.england).user)
    assert client.get("/forgotten/").status_code == 404
    assert client.get("/declared/").content == b"for all"


def test_a_misspelt_capability_fails_when_the_routes_load() -> None:
    with pytest.raises(KeyError):
        allows("manage acounts")
