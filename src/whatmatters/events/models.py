"""The hall: what happened to whom, when. Written once, never changed."""

from typing import Any

from django.db import models

from whatmatters.organisations.models import Organisation
from whatmatters.people.models import Person


class Episode(models.Model):
    """Ties the events of one case, plan or budget together; its id is the facts' ``episode``."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="episodes")

    PERSONAL = ()
    PLAIN = ()


class Event(models.Model):
    """A fact. ``code`` names a concept of ``codes``; ``value`` and ``detail`` mean what the concept says they mean."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=60)
    on = models.DateField()
    value = models.FloatField(null=True)
    detail = models.CharField(max_length=60, blank=True)
    episode = models.ForeignKey(Episode, null=True, on_delete=models.PROTECT, related_name="events")
    organisation = models.CharField(max_length=12, blank=True)
    worker = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20)
    source = models.CharField(max_length=30, default="working record")
    recorded = models.DateTimeField(auto_now_add=True)

    PERSONAL = ()
    PLAIN = ("code", "on", "value", "detail", "organisation", "worker", "role", "source", "recorded")

    class Meta:
        indexes = [models.Index(fields=["code", "on"]), models.Index(fields=["person", "code"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An event is written once: record another event instead")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("An event is never deleted: record another event instead")


class OrganisationEvent(models.Model):
    """A fact about an organisation: what it attested, that link workers were in its meetings. Written once too."""

    subject = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="events")
    code = models.CharField(max_length=60)
    on = models.DateField()
    value = models.FloatField(null=True)
    detail = models.CharField(max_length=60, blank=True)
    worker = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20)
    source = models.CharField(max_length=30, default="working record")
    recorded = models.DateTimeField(auto_now_add=True)

    PERSONAL = ()
    PLAIN = ("code", "on", "value", "detail", "worker", "role", "source", "recorded")

    class Meta:
        indexes = [models.Index(fields=["subject", "code", "on"], name="done_by_an_organisation")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An event is written once: record another event instead")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("An event is never deleted: record another event instead")
