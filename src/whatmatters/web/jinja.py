"""The page environment: NHS.UK macros beside our own templates, and the few words every page needs."""

from datetime import date
from typing import Any

from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from whatmatters.web import words


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend asks for. The NHS.UK macros read parameters that were never given, hence Chainable."""
    options["loader"] = ChoiceLoader([options["loader"], PackageLoader("nhsuk_frontend_jinja")])
    made = Environment(**{**options, "undefined": ChainableUndefined}, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(static=static, url=url, csrf=csrf, today=date.today)
    made.filters.update(day=words.day, number=words.number, lines=words.lines)
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a route by its name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def csrf(request: Any) -> Markup:
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request))
