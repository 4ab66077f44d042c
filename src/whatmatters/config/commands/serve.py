"""The real thing, on the address given. Put a web server that speaks TLS in front of it."""

import argparse
import os

from whatmatters.config.commands import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on; default: 127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="default: 8000")
    parser.add_argument("--workers", type=int, default=2, help="server processes; default: 2")


def run(options: argparse.Namespace) -> int:
    from whatmatters.config import serving  # loads what only a server needs
    from whatmatters.config.commands import start

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", start.SETTINGS)
    serving.refuse_taken(options.host, options.port)
    _prepare()
    print("Plain http is sent on to https: put a web server that speaks TLS in front of this one")
    return serving.serve(options.host, options.port, workers=options.workers, browser=False)


def _prepare() -> None:
    """The database brought up to date, static files collected; Refused where a deployment is not ready."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command
    from django.db import Error

    from whatmatters.config.commands import start

    try:
        start.django()
        call_command("check", deploy=True, fail_level="ERROR", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
    except ImproperlyConfigured as error:
        raise Refused(str(error)) from error
    except Error as error:
        raise Refused(f"the database does not answer: check WHATMATTERS_DATABASE ({error})".strip()) from error
    except OSError as error:
        raise Refused(f"{error.filename} cannot be written: check WHATMATTERS_HOME ({error.strerror})") from error
    except CommandError as error:
        raise Refused(f"the settings are not safe to serve with: {error}") from error
    _say_whether_anyone_can_sign_in()


def _say_whether_anyone_can_sign_in() -> None:
    from whatmatters.access.models import User

    if not User.objects.exists():
        print("Nobody has an account yet: ./whatmatters account --help says how to make the first")
