"""The library of clinical situations and their decision support tools, edition by edition.

What is shipped stands in ``situations.toml``; what staff change here is an edition of its own, written once, so that
who changed what and when is what the rows say. The newest edition of a name holds (see library.py).
"""

from django.db import models

from whatmatters.components.shared_decision_making.models.words import Leader
from whatmatters.people.text import one_line, some_lines


class Edition(models.Model):
    """``number`` counts up from 1 within a name; 0 is what was shipped and is no row."""

    name = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()
    why = models.CharField(max_length=300, blank=True, validators=[some_lines])
    at = models.DateTimeField(auto_now_add=True)
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    class Meta:
        abstract = True


class Situation(Edition):
    """``options``: a list of {what, nothing, benefits, harms, source}; ``asks``: what is worth asking, one a line."""

    title = models.CharField(max_length=150, validators=[one_line])
    area = models.CharField(max_length=70, blank=True, validators=[one_line])
    asks = models.TextField(max_length=2000, blank=True, validators=[some_lines])
    options = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=200, blank=True, validators=[one_line])
    checked = models.BooleanField(default=False)
    led_by = models.CharField(max_length=20, choices=Leader.choices, blank=True)
    retired = models.BooleanField(default=False)

    PERSONAL = ()
    PLAIN = (
        "name", "number", "why", "at", "by_name", "by_role", "title", "area", "asks", "options", "source", "checked",
        "led_by", "retired",
    )  # fmt: skip

    class Meta:
        ordering = ("name", "number")
        constraints = [models.UniqueConstraint(fields=["name", "number"], name="one_edition_of_a_situation")]


class Tool(Edition):
    """``expires``: the last day on which it may be offered; None where the publisher states none."""

    situation = models.SlugField(max_length=40)
    title = models.CharField(max_length=150, validators=[one_line])
    kind = models.CharField(max_length=60, blank=True, validators=[one_line])
    link = models.URLField(max_length=300, blank=True)
    version = models.CharField(max_length=40, blank=True, validators=[one_line])
    publisher = models.CharField(max_length=100, blank=True, validators=[one_line])
    expires = models.DateField(null=True, blank=True)
    led_by = models.CharField(max_length=20, choices=Leader.choices, blank=True)
    source = models.CharField(max_length=200, blank=True, validators=[one_line])
    checked = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)

    PERSONAL = ()
    PLAIN = (
        "name", "number", "why", "at", "by_name", "by_role", "situation", "title", "kind", "link", "version",
        "publisher", "expires", "led_by", "source", "checked", "withdrawn",
    )  # fmt: skip

    class Meta:
        ordering = ("name", "number")
        constraints = [models.UniqueConstraint(fields=["name", "number"], name="one_edition_of_a_tool")]
