"""The demo: an invented integrated care system, one click to sign in as anyone, on this machine only."""

import os
from pathlib import Path

os.environ.setdefault("WHATMATTERS_HOME", str(Path(__file__).parents[4] / "var" / "demo"))

from whatmatters.config.settings.production import *  # noqa: F403  # the rest is production's
from whatmatters.config.settings.production import HOME, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "whatmatters.demo"]  # brings the one-click sign-in; nothing else can
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(HOME / "demo.sqlite3"),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            "timeout": 20,
        },
    }
}
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
SECOND_FACTOR = False
SECURE_HSTS_SECONDS = 0
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False  # plain http on this machine
TRAJECTORIES = [Path(__file__).parents[2] / "demo" / "trajectory.toml"]
