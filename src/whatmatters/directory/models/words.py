"""The words that entries are written with, so that one typed amiss can be known again."""

from django.db import models


class Word(models.Model):
    """A word that some entry holds or held, folded."""

    word = models.CharField(max_length=60, primary_key=True)

    PERSONAL = ()
    PLAIN = ("word",)


class Misspelling(models.Model):
    """A word with one letter left out: two words that are one typo apart have such a form in common, or are one."""

    text = models.CharField(max_length=60)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="misspellings")

    PERSONAL = ()
    PLAIN = ("text",)

    class Meta:
        constraints = [models.UniqueConstraint("text", "word", name="one_misspelling_a_word")]
