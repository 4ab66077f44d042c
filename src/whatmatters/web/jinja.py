"""The page environment, and the few words every page needs."""

from datetime import date
from typing import Any

from django.contrib.messages import get_messages
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, Environment
from markupsafe import Markup

from whatmatters.web import charts, fields, maps, plots, words


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend asks for. What a page was not told is empty, however deep it is asked for."""
    options |= {"undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    made = Environment(**options)  # noqa: S701  # it is set, a line above
    made.globals.update(static=static, url=url, csrf=csrf, notices=notices, today=date.today, chart=charts, plots=plots)
    made.globals.update(maps=maps)
    made.globals.update(field_told=fields.told, field_faults=fields.faults, first_box=fields.first_box)
    made.filters.update(day=words.day, number=words.number, lines=words.lines)
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a route by its name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def csrf(request: Any) -> Markup:
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(request))


def notices(request: Any) -> Any:
    """What the last action left to say; nothing on a page drawn without a request."""
    return get_messages(request) if request else ()
