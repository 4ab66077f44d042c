"""Acts started at the same moment, each in a thread and on a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from whatmatters.people.revisions import Stale


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What came of them, sorted: "done", or the name of the refusal. Anything else that is raised is named too."""
    ready, outcomes = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        ready.wait()
        try:
            act()
            outcomes[place] = "done"
        except (Stale, ValidationError) as refusal:
            outcomes[place] = type(refusal).__name__
        except Exception as failure:  # a thread's failure would otherwise be lost
            outcomes[place] = f"failed: {failure!r}"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
