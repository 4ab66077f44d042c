"""Where postcodes are: filled by whoever runs this, from a lookup of their own; none comes with it."""

from django.db import models


def tidy(text: str) -> str:
    """In capitals, with one space before the last three: "hu12ab" is HU1 2AB. What is none stays as it is typed."""
    code = "".join(text.split()).upper()
    return f"{code[:-3]} {code[-3:]}" if 5 <= len(code) <= 7 and code.isascii() and code.isalnum() else text.strip()


class Postcode(models.Model):
    """``code`` in capitals without its space. ``lsoa`` and ``authority``: ONS codes, blank where not given."""

    code = models.CharField(max_length=7, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    lsoa = models.CharField(max_length=9, blank=True)
    authority = models.CharField(max_length=9, blank=True)

    PERSONAL = ()
    PLAIN = ("code", "latitude", "longitude", "lsoa", "authority")

    class Meta:
        indexes = [
            models.Index(fields=["lsoa"], name="postcodes_of_a_small_area"),
            models.Index(fields=["authority"], name="postcodes_of_an_authority"),
        ]


class AreaName(models.Model):
    """What a local authority or small area is called: the ONS names its codes in files of their own."""

    code = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=100)

    PERSONAL = ()
    PLAIN = ("code", "name")
