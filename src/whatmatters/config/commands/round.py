"""The round: what must happen although nobody presses a button. Reminders, escalations, letters not yet gone.

Each step asks what is due and does it once, so that it may run as often as one likes; ``serve`` and ``demo`` run it
by themselves.
"""

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

from whatmatters.config.commands import start


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--every", type=int, metavar="SECONDS", help="again and again, until stopped")


def run(options: argparse.Namespace) -> int:
    start.django()
    while True:
        failed = once()
        if not options.every:
            return 1 if failed else 0
        time.sleep(options.every)


def steps() -> tuple[tuple[str, Callable[[], object]], ...]:
    """What each is called, and what it does; returns something countable to tell, or nothing."""
    from whatmatters.components.care_planning.actions import emergency, nudging
    from whatmatters.components.shared_decision_making.actions import answering, asking
    from whatmatters.components.social_prescribing.actions import (  # Django is set up by now
        chasing,
        escalating,
        inviting,
        one_time,
        visiting,
    )
    from whatmatters.directory.actions import round_of_letters
    from whatmatters.letters import outbox
    from whatmatters.people import written

    return (
        ("letters", outbox.deliver),
        ("nothing waits unseen", escalating.check),
        ("answers that did not reach whoever referred", escalating.unheard),
        ("visits overdue", visiting.escalate),
        ("community groups that have not answered", chasing.remind),
        ("community groups asked what came of it", chasing.ask_what_came),
        ("silence of community groups put before someone", chasing.escalate),
        ("invitations without an answer", inviting.stop_asking),
        ("reviews of plans that are due", nudging.remind_responsible),
        ("what has changed since a plan was agreed", nudging.ask_what_changed),
        ("one-time links that did not arrive", one_time.tell_lost),
        ("e-mails about people that did not arrive", written.tell),
        ("emergency openings that nobody looked into", emergency.remind_officers),
        ("entries of the directory to be checked", round_of_letters),
        ("people who have not said how a decision felt", asking.remind),
        ("answers about decisions of a month that is over", answering.tell_months),
    )


def came_back() -> None:
    """At once, what else the round would see to: whatever hung on letters that did not arrive. Each names whom."""
    from whatmatters.components.social_prescribing.actions import chasing, escalating, one_time
    from whatmatters.directory.actions import round_of_letters
    from whatmatters.people import written

    for step in (chasing.escalate, escalating.unheard, one_time.tell_lost, written.tell, round_of_letters):
        step()


def _tell(name: str, error: Exception) -> None:
    """Where it failed and of what kind: an error's own words may name a person."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    print(f"{date.today()} round: {name} failed ({type(error).__name__}) at {where}", file=sys.stderr)


def once() -> list[str]:
    """Every step, whatever becomes of the others; returns the names of those that failed."""
    from django.db import close_old_connections

    failed = []
    for name, step in steps():
        try:
            step()
        except Exception as error:  # one that fails must not keep the others from being done
            _tell(name, error)
            failed.append(name)
        finally:
            close_old_connections()
    return failed
