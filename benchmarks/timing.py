"""A task in a process of its own: how long it took and how much memory it held; and a table of what was found."""

import multiprocessing
import os
import platform
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Taken:
    """``cpu``: seconds of all its threads and of the processes it waited for.

    ``peak``: the most memory that the process held at once, in bytes.
    """

    seconds: float
    cpu: float
    peak: int
    gave: Any


def alone(task: Callable[..., Any], *given: Any, warm: tuple[Any, ...] | None = None) -> Taken:
    """Runs it once in a fresh process; before that, untimed, with ``warm`` where something must be loaded first."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, task, given, warm))
    process.start()
    theirs.close()
    try:
        taken: Taken = ours.recv()
    except EOFError:
        raise SystemExit(f"{task.__name__} {given[:2]} did not come to an end: see above, or out of memory") from None
    finally:
        process.join()
    return taken


def _run(to: Any, task: Callable[..., Any], given: tuple[Any, ...], warm: tuple[Any, ...] | None) -> None:
    if warm is not None:
        task(*warm)
    began, worked = time.perf_counter(), worked_so_far()
    gave = task(*given)
    seconds, cpu = time.perf_counter() - began, worked_so_far() - worked
    to.send(Taken(seconds, cpu, most_of(os.getpid()), gave))


def worked_so_far() -> float:
    """CPU seconds, of which a loaded machine takes little more than a quiet one."""
    return sum(os.times()[:4])


def most_of(process: int) -> int:
    """The most memory it ever held; what ``getrusage`` says starts from what the process that started it held."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def where() -> str:
    """The machine and the commit, for the line above a table."""
    commit, changed = _git("rev-parse", "--short", "HEAD"), _git("status", "--porcelain", "src")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    load = os.getloadavg()[0]
    return (
        f"Commit {commit}{' with changes' if changed else ''}; {os.cpu_count()} cores, "
        f"{memory:.0f} GB, {platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"load {load:.1f} at the start"
    )


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607


def head(*columns: str) -> None:
    print(where(), end="\n\n")
    row(*columns)
    row(*("---" for _ in columns))


def row(*cells: object) -> None:
    print(
        "| " + " | ".join(f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in cells) + " |", flush=True
    )
