"""What real use tells of a group."""

from django.db import models

from whatmatters.directory.models.group import Group


class Reply(models.Model):
    """A group answered whether it can take someone. Holds nobody."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="replies")
    asked_on = models.DateField()
    answered_on = models.DateField()
    accepted = models.BooleanField()

    PERSONAL = ()
    PLAIN = ("asked_on", "answered_on", "accepted")

    class Meta:
        ordering = ("answered_on", "pk")
