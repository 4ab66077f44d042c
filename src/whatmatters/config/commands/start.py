"""Brings up Django for the commands that need the database. Not itself a command."""

import importlib
import os
import sys

SETTINGS = "whatmatters.config.settings.production"


def django(settings: str = SETTINGS, *, migrate: bool = True) -> None:
    """Ready to use the models: settings chosen (the environment's wins), rooms loaded, the database made or brought up.

    Safe to call twice. ``migrate=False`` leaves an old database as it is, for a command that only looks.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    importlib.import_module("django").setup()
    if migrate:
        _bring_up_to_date()


def _bring_up_to_date() -> None:
    from django.core.management import call_command  # Django must be set up before its parts load
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        print(f"Bringing the database up to date ({len(missing)} steps)", file=sys.stderr)
        call_command("migrate", verbosity=0, interactive=False)
