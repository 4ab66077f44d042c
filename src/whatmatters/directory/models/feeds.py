"""Where entries that somebody else keeps are read from."""

from django.db import models

from whatmatters.directory.models.group import Group
from whatmatters.people.text import one_line


class Feed(models.Model):
    """A source, by the name that its entries have in ``Group.source``. ``licence``: the words to show beside them."""

    name = models.CharField(max_length=100, unique=True, validators=[one_line])
    licence = models.CharField(max_length=200, blank=True, validators=[one_line])
    read_on = models.DateField()

    PERSONAL = ()
    PLAIN = ("name", "licence", "read_on")


class Origin(models.Model):
    """What a group's source said when it was last read.

    ``digest`` of it all, so that only what changed there is changed here; ``said_on``: the latest day on which the
    source says that it looked; ``modified``: when it says that it last changed. ``revision`` and ``verified`` are those
    of the group as the import left it: others mean that somebody here has been at it. ``gone_on``: when it was first
    missing from its source.
    """

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="origin")
    digest = models.CharField(max_length=64)
    said_on = models.DateField(null=True)
    modified = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField()
    verified = models.DateField(null=True)
    gone_on = models.DateField(null=True)

    PERSONAL = ()
    PLAIN = ("digest", "said_on", "modified", "revision", "verified", "gone_on")
