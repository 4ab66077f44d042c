"""What a person said to being written to or asked: part of ``people.models``, which has no room for more."""

from django.db import models


class Wish(models.Model):
    """What the person said to being written to or asked, from this moment on; the latest about a thing speaks
    (``people.wishes``). Written once: a change of mind is another row."""

    class About(models.TextChoices):
        EMAIL = "email", "Private links and questions by e-mail"
        QUESTIONS = "questions", "Questions about how their care went"
        INVITATIONS = "invitations", "Offers of help that they did not ask for"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="wishes")
    about = models.CharField(max_length=11, choices=About.choices)
    yes = models.BooleanField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=150)
    by_role = models.CharField(max_length=20)

    PERSONAL = ("by_name",)
    PLAIN = ("about", "yes", "at", "by_role")

    class Meta:
        ordering = ("pk",)
