"""One click to be anyone: in the demo alone, by a button, and to the right page."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from whatmatters.demo.doors import DOORS
from whatmatters.demo.world import World
from whatmatters.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def _in_the_demo(settings: object) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]  # pytest-django's


def buttons(client: Client) -> set[str]:
    page = client.get(reverse("demo-tour")).content.decode()
    return set(re.findall(r'name="as" value="([^"]+)"', page))


@pytest.mark.slow
@pytest.mark.usefixtures("_in_the_demo")
@pytest.mark.parametrize("key", DOORS)
def test_every_door_opens_on_a_page_that_is_theirs(world: World, client: Client, key: str) -> None:
    answer = client.post(reverse("demo-sign-in"), {"as": key}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain == [(DOORS[key].to(), 302)]
    assert DOORS[key].name in answer.content.decode()


@pytest.mark.usefixtures("_in_the_demo")
def test_the_tour_has_a_button_for_every_door_and_no_other(client: Client) -> None:
    assert buttons(client) == set(DOORS)


@pytest.mark.slow
@pytest.mark.usefixtures("_in_the_demo")
def test_the_calls_at_night_tell_what_the_next_pages_ask_for(world: World, client: Client) -> None:
    page = client.get(reverse("demo-at-night")).content.decode()
    for given, family in (("Beverley", "Thundercliffe"), ("Rozhan", "Mustafa")):
        person = Person.objects.get(given_name=given, family_name=family)
        assert person.nhs_number_shown in page
        assert f"{person.born.day} {person.born:%B %Y}" in page


@pytest.mark.usefixtures("_in_the_demo")
def test_looking_at_the_address_signs_nobody_in(client: Client) -> None:
    assert client.get(reverse("demo-sign-in"), {"as": "gp"}).status_code == 405


@pytest.mark.usefixtures("_in_the_demo")
def test_a_form_from_elsewhere_signs_nobody_in() -> None:
    assert Client(enforce_csrf_checks=True).post(reverse("demo-sign-in"), {"as": "gp"}).status_code == 403


@pytest.mark.usefixtures("_in_the_demo")
@pytest.mark.parametrize("key", ["", "GP", "nobody", "gp\0"])
def test_a_door_that_is_not_there_is_not_found(client: Client, key: str) -> None:
    assert client.post(reverse("demo-sign-in"), {"as": key}).status_code == 404


def test_where_a_second_factor_is_asked_for_no_door_opens(client: Client) -> None:
    assert client.post(reverse("demo-sign-in"), {"as": "gp"}).status_code == 404


def test_the_front_page_shows_the_tour() -> None:
    assert "demo/tour.jinja" in Path(str(get_template("record/front.jinja").template.filename)).read_text("utf-8")  # type: ignore[attr-defined]  # Jinja2's own


def test_production_has_neither_the_room_nor_its_address(tmp_path: Path) -> None:
    """In a process of its own: settings are chosen once."""
    asks = (
        "import django; django.setup()\n"
        "from django.conf import settings; from django.urls import Resolver404, get_resolver, resolve\n"
        "assert 'whatmatters.demo' not in settings.INSTALLED_APPS and settings.SECOND_FACTOR is True\n"
        "assert not [name for name in get_resolver().reverse_dict if str(name).startswith('demo')]\n"
        "try: print(resolve('/demo/sign-in/'))\n"
        "except Resolver404: pass\n"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "whatmatters.config.settings.production", "WHATMATTERS_HOME": str(tmp_path)}
    source = str(Path(__file__).parents[2] / "src")
    ran = subprocess.run(
        [sys.executable, "-c", asks],
        env={**os.environ, **settings, "PYTHONPATH": source},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
