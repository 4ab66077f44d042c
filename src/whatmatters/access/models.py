"""Accounts, the roles they hold, and the chain of what was done."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from whatmatters.access.roles import Role
from whatmatters.organisations.models import Organisation


class Accounts(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        # People type their address as they please; two accounts that differ in case only are refused by the index.
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """An account. What it may do comes from its grants, or from being a person or a representative."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    active = models.BooleanField(default=True)

    PERSONAL = ("email", "name")
    PLAIN = ("active", "password", "last_login")
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = Accounts()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # the name Django's sign-in asks for
        return self.active


class Grant(models.Model):
    """A role at an organisation, from a day to a day (half-open; null = open)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    PERSONAL = ()
    PLAIN = ("role", "start", "end")


class AuditEntry(models.Model):
    """One link of the chain. ``mac`` is an HMAC over this entry and the previous link's mac (see ``audit``)."""

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    user = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    organisation = models.CharField(max_length=12, blank=True)
    act = models.CharField(max_length=60)
    person = models.BigIntegerField(null=True, db_index=True)
    why = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    mac = models.CharField(max_length=64)

    PERSONAL = ("actor", "why", "detail")
    PLAIN = ("number", "at", "user", "role", "organisation", "act", "person", "mac")

    class Meta:
        ordering = ("number",)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An audit entry is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("An audit entry is never deleted")


class ChainHead(models.Model):
    """One row, locked while a link is added: it makes writers queue, so the chain has no forks."""

    number = models.BigIntegerField(default=0)
    mac = models.CharField(max_length=64, default="")

    PERSONAL = ()
    PLAIN = ("number", "mac")
