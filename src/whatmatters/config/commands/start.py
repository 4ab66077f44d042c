"""Brings up Django for the commands that need the database. Not itself a command."""

import importlib
import os
import sys
from pathlib import Path

from whatmatters.config.commands import Refused

SETTINGS = "whatmatters.config.settings.production"
DEMO = "whatmatters.config.settings.demo"


def django(settings: str = "", *, migrate: bool = True) -> None:
    """Ready to use the models: settings chosen (the environment's wins), rooms loaded, the database made or brought up.

    Without ``settings``, production's; the demo's where the home is the demo's, so that its record can be looked into.
    Safe to call twice. ``migrate=False`` leaves the database alone. Raises Refused where home or database fail.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings or (DEMO if _in_the_demo() else SETTINGS))
    if os.environ["DJANGO_SETTINGS_MODULE"] == SETTINGS and _in_the_demo():
        raise Refused(f"{os.environ['WHATMATTERS_HOME']} is the demo's home: choose another WHATMATTERS_HOME")
    try:
        importlib.import_module("django").setup()
    except OSError as error:
        raise Refused(f"{error.filename} cannot be written: check WHATMATTERS_HOME ({error.strerror})") from error
    except ValueError as error:
        if "://" in os.environ.get("WHATMATTERS_DATABASE", "://"):
            raise
        raise Refused("WHATMATTERS_DATABASE is no address: write postgres://user:password@host/name") from error
    if migrate:
        _bring_up_to_date()


def _in_the_demo() -> bool:
    home = os.environ.get("WHATMATTERS_HOME")
    return home is not None and Path(home, "demo.sqlite3").exists()


def looking() -> None:
    """As ``django``, for a command that only looks: an old database stays as it is. Raises Refused where none is."""
    django(migrate=False)
    done, _ = _steps()
    if not done:
        raise Refused(
            "there is no record here yet: check WHATMATTERS_HOME and WHATMATTERS_DATABASE, or begin one with "
            "./whatmatters import organisations FILE"
        )


def _bring_up_to_date() -> None:
    from django.core.management import call_command  # Django must be set up before its parts load

    if missing := _steps()[1]:
        print(f"Bringing the database up to date ({missing} steps)", file=sys.stderr)
        call_command("migrate", verbosity=0, interactive=False)


def _steps() -> tuple[int, int]:
    """Migrations done and missing."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise Refused(f"the database does not answer: check WHATMATTERS_DATABASE ({error})".strip()) from error
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return len(executor.loader.applied_migrations), len(missing)
