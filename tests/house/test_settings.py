"""What real use runs with: no demo however it is asked for, strict cookies and headers, a clean deploy check."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from whatmatters.access.models import User

pytestmark = pytest.mark.slow

SOURCE = Path(__file__).parents[2] / "src"
PRODUCTION = "whatmatters.config.settings.production"
DEMO = "whatmatters.config.settings.demo"
TRICKS = {
    "WHATMATTERS_DEMO": "1", "DEMO": "1", "DEBUG": "1", "DJANGO_DEBUG": "True", "SECOND_FACTOR": "False",
    "WHATMATTERS_SECOND_FACTOR": "0", "INSTALLED_APPS": "whatmatters.demo", "WHATMATTERS_SETTINGS": "demo",
    "WHATMATTERS_HOSTS": "*",
}  # fmt: skip


QUESTIONS = {
    "apps": '[app for app in settings.INSTALLED_APPS if "demo" in app]',
    "routes": '[str(route.pattern) for route in get_resolver().url_patterns if "demo" in str(route.pattern)]',
    "debug": "settings.DEBUG",
    "second factor": "settings.SECOND_FACTOR",
    "hosts": "settings.ALLOWED_HOSTS",
    "database": '[settings.DATABASES["default"]["ENGINE"], str(settings.DATABASES["default"]["NAME"])]',
    "keys": "[settings.SECRET_KEY, settings.AUDIT_KEY.decode()]",
    "silenced": "settings.SILENCED_SYSTEM_CHECKS",
    "deploy check": "[str(said) for said in run_checks(include_deployment_checks=True) if not said.is_silenced()]",
}
PROGRAM = """
import json, django
django.setup()
from django.conf import settings
from django.core.checks import run_checks
from django.urls import get_resolver
print(json.dumps({%s}))
""" % ", ".join(f"{name!r}: {words}" for name, words in QUESTIONS.items())  # noqa: UP031  # braces are Python's here


def asked(settings: str, home: Path, **environment: str) -> dict[str, Any]:
    """The answers of a fresh Python that starts with these settings in this environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("WHATMATTERS_", "DJANGO_"))}
    given = {**clean, "PYTHONPATH": str(SOURCE), "DJANGO_SETTINGS_MODULE": settings, "WHATMATTERS_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env={**given, **environment}, capture_output=True, text=True, check=True
    )
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def plain(home: Path) -> dict[str, Any]:
    return asked(PRODUCTION, home)


@pytest.fixture(scope="module")
def tricked(home: Path, plain: dict[str, Any]) -> dict[str, Any]:
    return asked(PRODUCTION, home, **TRICKS)


@pytest.fixture(scope="module")
def demo(home: Path) -> dict[str, Any]:
    return asked(
        DEMO, home, WHATMATTERS_DATABASE="postgres://real:secret@db/real", WHATMATTERS_HOSTS="care.example.org"
    )


def test_production_has_no_demo(plain: dict[str, Any]) -> None:
    assert [plain[name] for name in ("apps", "routes", "debug", "second factor")] == [[], [], False, True]


def test_nor_with_every_trick_in_the_environment_at_once(tricked: dict[str, Any]) -> None:
    assert [tricked[name] for name in ("apps", "routes", "debug", "second factor")] == [[], [], False, True]


def test_the_same_questions_find_the_demo_where_it_is(demo: dict[str, Any]) -> None:
    assert [demo[name] for name in ("apps", "routes", "second factor")] == [["whatmatters.demo"], ["demo/"], False]


def test_the_demo_opens_no_database_but_its_own_and_answers_this_machine_only(demo: dict[str, Any], home: Path) -> None:
    assert demo["database"] == ["django.db.backends.sqlite3", str(home / "demo.sqlite3")]
    assert demo["hosts"] == ["localhost", "127.0.0.1"]


def test_the_deploy_check_has_nothing_to_say_and_only_the_preload_list_is_silenced(plain: dict[str, Any]) -> None:
    assert (plain["deploy check"], plain["silenced"]) == ([], ["security.W021"])


def test_keys_are_made_once_and_are_nobody_elses_to_read(plain: Any, tricked: Any, home: Path) -> None:
    assert plain["keys"] == tricked["keys"]
    assert plain["keys"][0] != plain["keys"][1]
    assert {oct((home / name).stat().st_mode & 0o777) for name in ("secret-key", "audit-key")} == {"0o600"}


HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("page", ["/", "/sign-in/", "/nowhere/", "/accounts/"])
def test_every_answer_carries_the_strict_headers(client: Client, db: None, page: str) -> None:
    answer = client.get(page, secure=True)
    assert {name: answer.get(name) for name in HEADERS} == HEADERS
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part.strip())
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "*" not in answer["Content-Security-Policy"]
    assert {policy[name] for name in ("frame-ancestors", "base-uri")} == {"'none'"}
    assert policy["form-action"] == "'self'"


def test_plain_http_is_sent_to_https(client: Client, db: None, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/sign-in/")["Location"] == "https://testserver/sign-in/"


def test_cookies_are_for_this_site_over_https_and_out_of_reach_of_scripts(client: Client, db: None) -> None:
    user = User(email="jean@example.org", name="Jean")
    user.set_password("correct horse battery")
    user.save()
    client.get("/sign-in/")
    client.post("/sign-in/", {"email": user.email, "password": "correct horse battery"})
    assert set(client.cookies) >= {"sessionid", "csrftoken"}
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    assert client.cookies["sessionid"]["max-age"] == ""  # gone with the browser


def test_a_form_from_another_site_is_refused(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/", {"email": "a@example.org", "password": "x"}).status_code == 403
    assert strict.post("/sign-out/").status_code == 403
