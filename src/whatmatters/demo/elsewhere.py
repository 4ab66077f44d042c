"""A plan made elsewhere: the hospital's holistic needs assessment of Sandra came in as the hospital sent it."""

import csv
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from whatmatters.access.actors import THE_SYSTEM
from whatmatters.demo.words import words
from whatmatters.demo.world import World
from whatmatters.interop.imports.plans import import_plans
from whatmatters.people.models import Person


def tell(world: World) -> None:
    """A line of a file, taken in by the import that a deployment runs."""
    name = {part: words("story")["sandra"][part] for part in ("given_name", "family_name")}
    person = Person.objects.get(**name, born=words("story")["sandra"]["born"])
    assessed = world.on - timedelta(days=41)
    line = {
        **name,
        "nhs_number": person.nhs_number,
        "date_of_birth": person.born,
        "provider": "X99H1",
        "provider_name": "Humber Royal Infirmary, cancer nurses",
        "reference": "HNA-20417",
        "hna_date": assessed,
        "pcsp_offer_status": "03",
        "pcsp_offer_date": assessed,
        "pcsp_completed_date": assessed + timedelta(days=6),
        "concerns": "Tired all the time (8 of 10); Worried about the heating bill (7 of 10); Not sleeping (6 of 10)",
        "strengths": "My sister rings every evening; I ran a choir for twenty years",
        "goals": "To sing at the carol service",
    }
    with TemporaryDirectory() as place:
        path = Path(place) / "assessments.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            lines = csv.DictWriter(file, list(line))
            lines.writeheader()
            lines.writerow(line)
        import_plans([path], by=THE_SYSTEM)
