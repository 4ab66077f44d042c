"""Open Referral in (``import directory``) against reading the same bytes as JSON, and the strict reader alone.

    PYTHONPATH=src .venv/bin/python benchmarks/open_referral.py [--services 10000] [--rounds 3]

The services are made here: a full record each, in pages of 1,000. ``import directory`` starts from an empty directory;
"the same again" finds that nothing changed; "one in ten changed" is what a week may bring. The floor is ``json.loads``.
"""

import argparse
import json
import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any
from uuid import UUID

from timing import Taken, alone, head, row

PAGE = 1_000


def service(number: int, *, renamed: bool) -> dict[str, Any]:
    """As full as those of a county: about 3,000 letters."""
    one = str(UUID(int=number + 1))
    words = [f"{kind} {number % 97}" for kind in ("walking", "gardening", "singing", "reading", "cooking", "sewing")]
    return {
        "id": one, "name": f"{words[number % 6].capitalize()} in ward {number % 211}{' again' if renamed else ''}",
        "description": f"A friendly group for {' and '.join(words)}. Tea & cake. " * 6, "status": "active",
        "url": f"https://group{number}.example.org/", "email": f"hello@group{number}.example.org",
        "assured_date": f"{date.today() - timedelta(days=number % 300)}", "minimum_age": 18,
        "last_modified": "2026-10-01T10:30:45.123Z",
        "organization": {
            "id": str(UUID(int=10**9 + number // 5)), "name": f"Charity {number // 5}", "description": "A charity",
        },
        "service_at_locations": [{
            "id": str(UUID(int=2 * 10**9 + number)),
            "location": {
                "id": str(UUID(int=3 * 10**9 + number)), "location_type": "physical", "name": f"Hall {number}",
                "latitude": 53.5 + number % 1000 / 2000, "longitude": -0.5 + number % 700 / 2000,
                "addresses": [{
                    "id": str(UUID(int=4 * 10**9 + number)), "address_1": f"{number} High Street", "city": "Hull",
                    "state_province": "East Yorkshire", "postal_code": f"HU{1 + number % 9} 1AA", "country": "GB",
                    "address_type": "physical",
                }],
                "accessibility": [{"id": str(UUID(int=5 * 10**9 + number)), "description": "Level access"}],
            },
        }],
        "schedules": [
            {
                "id": str(UUID(int=6 * 10**9 + 2 * number + at)), "freq": "WEEKLY", "byday": day,
                "opens_at": "10:00:00", "closes_at": "12:00:00",
                "service_at_location_id": str(UUID(int=2 * 10**9 + number)),
            }
            for at, day in enumerate(("TU", "FR"))
        ],
        "languages": [{"id": str(UUID(int=7 * 10**9 + number)), "name": "Polish", "code": "pl"}],
        "cost_options": [{"id": str(UUID(int=8 * 10**9 + number)), "amount": 2, "amount_description": "with tea"}],
    }  # fmt: skip


def pages(folder: Path, services: int, *, one_in: int = 0) -> None:
    """Saved answers of /services?full=true; ``one_in`` of them has another name."""
    folder.mkdir()
    count = -(-services // PAGE)
    for number in range(count):
        rows = range(number * PAGE, min((number + 1) * PAGE, services))
        contents = [service(at, renamed=bool(one_in) and at % one_in == 0) for at in rows]
        page = {"total_items": services, "total_pages": count, "page_number": number + 1, "contents": contents}
        (folder / f"{number:04}.json").write_text(json.dumps(page), "utf-8")


def bare(folder: str) -> float:
    began = process_time()
    held = [json.loads(path.read_bytes()) for path in sorted(Path(folder).iterdir())]
    assert held
    return process_time() - began


def strict(folder: str) -> float:
    from whatmatters.web.strict_json import decode

    began = process_time()
    held = [decode(path.read_bytes()) for path in sorted(Path(folder).iterdir())]
    assert held
    return process_time() - began


def imported(home: str, folder: str, wanted: str) -> float:
    import os

    os.environ["WHATMATTERS_HOME"] = home
    from whatmatters.config.commands.start import django

    django()
    from whatmatters.access.actors import THE_SYSTEM
    from whatmatters.interop.open_referral.importing import import_directory

    began = process_time()
    done = import_directory([Path(folder)], by=THE_SYSTEM, source="County", tell=lambda _: None)
    took = process_time() - began
    assert getattr(done.summary, wanted) > 0, done.summary
    assert not done.summary.left_out, done.summary
    return took


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    wanted.add_argument("--services", type=int, default=10_000)
    wanted.add_argument("--rounds", type=int, default=3)
    options = wanted.parse_args()
    found: dict[str, list[Taken]] = {}
    head("what", "CPU seconds, median", "of json.loads", "peak memory")
    with tempfile.TemporaryDirectory() as place:
        first, second = Path(place) / "first", Path(place) / "second"
        pages(first, options.services)
        pages(second, options.services, one_in=10)
        size = sum(path.stat().st_size for path in first.iterdir())
        for at in range(options.rounds):
            home = str(Path(place) / f"home-{at}")
            for name, run in (
                ("json.loads", lambda: alone(bare, str(first))),
                ("strict reader", lambda: alone(strict, str(first))),
                ("import directory", lambda home=home: alone(imported, home, str(first), "new")),
                ("the same again", lambda home=home: alone(imported, home, str(first), "unchanged")),
                ("one in ten changed", lambda home=home: alone(imported, home, str(second), "changed")),
            ):
                found.setdefault(name, []).append(run())
    took = {name: median(one.gave for one in all_) for name, all_ in found.items()}
    for name, all_ in found.items():
        ratio = f"{took[name] / took['json.loads']:.1f} ×"
        row(name, took[name], ratio, f"{max(one.peak for one in all_) / 1e9:.2f} GB")
    per = took["import directory"] / options.services * 10_000
    print(f"\n{options.services:,} services, {size / 1e6:.0f} MB: import directory takes {per:.1f} CPU s per 10,000")


if __name__ == "__main__":
    main()
