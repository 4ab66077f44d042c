"""Accounts with passwords, a clock that can be moved, and the codes of an authenticator app."""

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from whatmatters.access.models import User

PASSWORD = "correct horse battery"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """``clock(minutes)`` moves time on, for sessions and codes alike."""
    ahead, real = [0.0], time.time

    def move(minutes: float) -> None:
        ahead[0] += minutes * 60

    monkeypatch.setattr(time, "time", lambda: real() + ahead[0])
    return move


@pytest.fixture
def one_factor(settings: Any) -> None:
    """As in the demo: a session is enough."""
    settings.SECOND_FACTOR = False


@pytest.fixture
def someone(db: None) -> User:
    """An account that holds no role: a person's, or a representative's."""
    user = User(email="jean@example.org", name="Jean Carr")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def link_worker(make_worker: Any, place: SimpleNamespace) -> User:
    user: User = make_worker("link_worker", place.harbour).user
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, user: User, password: str = PASSWORD, **query: str) -> Any:
    if query:
        client.get("/sign-in/", query)
    return client.post("/sign-in/", {"email": user.email, "password": password})


def code_of(user: User) -> str:
    """What the app of the user shows now."""
    device = TOTPDevice.objects.get(user=user)
    return f"{totp(device.bin_key, drift=int(time.time() // 30) - int(real_now() // 30)):06d}"


def real_now() -> float:
    return time.clock_gettime(time.CLOCK_REALTIME)
