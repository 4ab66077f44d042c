"""What is shown when a page cannot be. Nothing of the request is repeated: it may be personal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

NOTHING_CHANGED = "Nothing was changed."


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 400, "This request could not be read", NOTHING_CHANGED, "Go back and try again.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request, 403, "Your account cannot do this", NOTHING_CHANGED,
        "If your work needs it, ask the administrator of your organisation to give you the role.",
    )  # fmt: skip


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For settings.CSRF_FAILURE_VIEW: nearly always a form left open over a sign-out, or cookies turned off."""
    return page(
        request, 403, "This page had been open too long", NOTHING_CHANGED,
        "Go back, load the page again and send it once more.",
        "If that does not help, let your browser keep cookies for this site.",
    )  # fmt: skip


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request, 404, "Page not found",
        "If you typed the address, check it.",
        "If you followed a link, what it led to may have moved, or may not be for your account to see.",
    )  # fmt: skip


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request: to ask it who is signed in might need the database that has just failed."""
    content = render_to_string(
        "web/error.jinja",
        {
            "title": "Something went wrong here",
            "sentences": (
                "What you sent may not have been saved.",
                "Try again in a few minutes, and check before you send it twice.",
            ),
        },
    )
    return HttpResponse(content, status=500)


def page(request: HttpRequest, status: int, title: str, *sentences: str) -> HttpResponse:
    return render(request, "web/error.jinja", {"title": title, "sentences": sentences}, status=status)
