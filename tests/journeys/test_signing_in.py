"""Signing in with a second step, as a member of staff does it the first time and the next."""

from base64 import b32decode
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django_otp.oath import totp
from tests.journeys.driver import Site

from whatmatters.access.roles import Role

PASSWORD = "harbour lantern gannet"


@pytest.fixture
def sam(make_worker: Callable[..., SimpleNamespace], place: SimpleNamespace) -> Any:
    user = make_worker(Role.ADMINISTRATOR, place.harbour, "Sam Okafor").user
    user.set_password(PASSWORD)
    user.save()
    return user


def test_the_first_sign_in_sets_up_a_second_step_and_a_backup_code_opens_the_next(site: Site, sam: Any) -> None:
    # Given a member of staff who opens a page that needs an account
    site.open("/accounts")
    assert site.heading() == "Sign in"
    site.check()

    # When they mistype their password, the page says so and keeps the address they typed
    site.fill(Email_address=sam.email, Password="harbour lantern")
    site.enter()
    site.sees("The email address or the password is not right")
    assert site.page.get_by_label("Email address").input_value() == sam.email
    assert site.page.get_by_label("Password").input_value() == ""
    site.check()

    # And when they type it right, they are led to set up the second step
    site.fill(Password=PASSWORD)
    site.enter()
    assert site.heading() == "Set up your second step"
    site.check()

    # Then the app on their phone gives them a code, and they keep their backup codes
    key = site.page.locator("code.wm-key").inner_text().replace(" ", "")
    site.fill(Code=f"{totp(b32decode(key)):06}")
    site.click("Continue")
    assert site.heading() == "Backup codes"
    site.check()
    codes = site.page.locator(".wm-codes code").all_inner_texts()
    assert len(codes) == 10

    # And they come to the page that they first asked for
    site.click("I have kept them: continue")
    assert site.heading() == "Accounts"
    site.check()

    # When they sign out and in again without their phone
    site.click("Sign out")
    site.open("/accounts")
    site.fill(Email_address=sam.email.upper(), Password=PASSWORD)
    site.enter()
    assert site.heading() == "Enter the code from your app"
    site.check()

    # Then a backup code opens the door, once
    site.fill(Code=codes[0])
    site.click("Continue")
    assert site.heading() == "Accounts"


def test_the_keyboard_alone_signs_in(open_site: Callable[..., Site], sam: Any, settings: Any) -> None:
    settings.SECOND_FACTOR = False
    site = open_site()
    site.open("/sign-in")
    site.tab_to("Email address")
    site.page.keyboard.type(sam.email)
    site.tab_to("Password")
    site.page.keyboard.type(PASSWORD)
    site.enter()
    site.sees("Sam Okafor")


def test_signing_in_needs_no_script(open_site: Callable[..., Site], sam: Any, settings: Any) -> None:
    settings.SECOND_FACTOR = False
    site = open_site("phone", javascript=False)
    site.open("/sign-in")
    site.fill(Email_address=sam.email, Password=PASSWORD)
    site.enter()
    site.sees("Sam Okafor")
    site.click("Sign out")
    site.sees("Sign in")
