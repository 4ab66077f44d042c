"""Workers and the posts they hold."""

from django.db import models

from whatmatters.access.models import User
from whatmatters.access.roles import Role
from whatmatters.organisations.models import Organisation


class Worker(models.Model):
    """Someone who works for the people cared for; with or without an account of their own."""

    name = models.CharField(max_length=150)
    profession = models.CharField(max_length=70, blank=True)
    account = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="worker")

    PERSONAL = ("name",)
    PLAIN = ("profession",)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A role at an organisation; ``wte`` is whole-time equivalents; ``employer`` pays (it may be a charity)."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    employer = models.CharField(max_length=150, blank=True)
    wte = models.DecimalField(max_digits=4, decimal_places=2)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    PERSONAL = ()
    PLAIN = ("role", "employer", "wte", "start", "end")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(wte__gt=0) & models.Q(wte__lte=1.5), name="a_sane_wte")
        ]
