"""An invented integrated care system, made on this machine, in a folder of its own."""

import argparse
import fcntl
import hashlib
import json
import os
import shutil
import sys
import time
from datetime import date
from pathlib import Path

from whatmatters.config.commands import Refused

SETTINGS = "whatmatters.config.settings.demo"
ROOMS = Path(__file__).parents[2]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="default: 8000")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--fresh", action="store_true", help="throw away what was done in the demo and make it anew")


def run(options: argparse.Namespace) -> int:
    from whatmatters.config import serving
    from whatmatters.config.commands import start

    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ["WHATMATTERS_ADDRESS"] = f"http://127.0.0.1:{options.port}"  # links in the letters of the round
    serving.refuse_taken("127.0.0.1", options.port)
    start.django(SETTINGS, migrate=False)
    from django.conf import settings

    home = Path(settings.HOME)
    if (home / "whatmatters.sqlite3").exists() or "WHATMATTERS_DATABASE" in os.environ:
        raise Refused(
            f"{home} is the home of a real record: run the demo with another WHATMATTERS_HOME and no database"
        )
    with open(home / "lock", "w", encoding="ascii") as lock:
        _alone(lock.fileno(), home)
        _make_ready(home, fresh=options.fresh)
        return serving.serve("127.0.0.1", options.port, workers=1, browser=not options.no_browser)


def _alone(lock: int, home: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refused(f"the demo of {home} is running already: use that one, or end it first") from None


def _make_ready(home: Path, *, fresh: bool) -> None:
    """Makes the record unless a whole one of this very code is there: the stamp is written last."""
    stamp, version = home / "made.json", _version()
    made = json.loads(stamp.read_text("utf-8")) if stamp.exists() else {}
    if fresh or made.get("version") != version:
        stamp.unlink(missing_ok=True)
        _clear(home)
        began = time.monotonic()
        _make()
        stamp.write_text(json.dumps({"version": version, "on": date.today().isoformat()}), "utf-8")
        _say(f"made in {time.monotonic() - began:.0f} seconds")
    elif made["on"] != date.today().isoformat():
        _say(f"the record was made on {made['on']} and ends there; --fresh makes one that ends today")
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


def _make() -> None:
    from django.core.management import call_command

    from whatmatters.config.commands import store
    from whatmatters.demo.build import build

    _say("making an invented care system: once, in a few minutes; later starts take seconds")
    call_command("migrate", verbosity=0, interactive=False)
    build(on=date.today(), say=_say)
    _say("measuring it")
    store.store()


def _version() -> str:
    """Changes with whatever decides what is in the record: this room, and every room's tables and actions."""
    files = [*ROOMS.glob("demo/**/*.py"), *ROOMS.glob("demo/**/*.toml"), *ROOMS.glob("**/migrations/*.py")]
    files += [*ROOMS.glob("**/actions*.py"), *ROOMS.glob("**/actions/*.py")]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(ROOMS).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _clear(home: Path) -> None:
    for path in [*home.glob("demo.sqlite3*"), *home.glob("audit-anchors.log")]:
        path.unlink()
    shutil.rmtree(home / "messages", ignore_errors=True)


def _say(words: str) -> None:
    print(f"demo: {words}", file=sys.stderr, flush=True)
