"""The mart: what the kernel reads, derived from the facts and kept with them.

``FACTS/.mart/mart/`` holds arrays as ``.npy`` files, which are mapped and not read in, and ``mart.json``, which names
every part file that went in by its size and times. What was added to ``events`` since is read and merged in; if
anything else differs, what depends on it is made again. No number comes from a mart that is not of these very files.
Of facts in memory, or in a folder that cannot be written, the mart is made for one run and thrown away.
"""

import fcntl
import mmap
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from whatmatters.measurement.engines.kernel.labels import TABLES, Former, Label, mapped, read, stamps, write
from whatmatters.measurement.engines.kernel.making import make
from whatmatters.measurement.engines.kernel.tables import Mart
from whatmatters.measurement.facts import Facts, FactsError


@contextmanager
def opened(facts: Facts) -> Iterator[tuple[Mart, Label]]:
    """The mart of these facts, made or brought up to date if need be."""
    with tempfile.TemporaryDirectory() as scratch:
        home = _home(facts) or Path(scratch)
        with _alone(home):  # another run may replace a mart in use: what is mapped stays until it is let go
            label = _current(facts, home)
            mart = mapped(home / "mart")
        yield mart, label


def let_go(mart: Mart) -> None:
    """Gives back the memory of what was read of a mart; it is there again when it is looked at."""
    for array in mart:
        pages: Any = array.base
        if isinstance(pages, mmap.mmap):
            pages.madvise(mmap.MADV_DONTNEED)


def _home(facts: Facts) -> Path | None:
    sources = [facts.tables[name] for name in TABLES]
    paths = [path for source in sources if not isinstance(source, pa.Table) for path in source]
    if any(isinstance(source, pa.Table) for source in sources):
        return None
    home = Path(os.path.commonpath([path.parent for path in paths])) / ".mart"
    try:
        home.mkdir(exist_ok=True)
        (home / "lock").touch()
    except OSError:
        return None
    return home


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _current(facts: Facts, home: Path) -> Label:
    kept, unfinished, old = home / "mart", home / "unfinished", home / "old"
    now, label = stamps(facts, home.parent), read(kept)
    if label is not None and label.parts == now:
        return label
    for leftover in (unfinished, old):
        shutil.rmtree(leftover, ignore_errors=True)
    unfinished.mkdir()
    former = Former(kept, label) if label is not None and _grown(label.parts["events"], now["events"]) else None
    label = make(facts, now, former, unfinished)
    if stamps(facts, home.parent) != now:
        raise FactsError("the facts changed while they were being read: measure again when they are all there")
    write(unfinished, label)
    for file in unfinished.iterdir():  # or a power cut could leave a mart that looks whole
        with file.open("rb+") as written:
            os.fsync(written.fileno())
    if kept.exists():
        kept.rename(old)
    unfinished.rename(kept)
    shutil.rmtree(old, ignore_errors=True)
    return label


def _grown(before: dict[str, list[int]], now: dict[str, list[int]]) -> bool:
    """Whether every part that was there still is, unchanged."""
    return all(now.get(name) == stamp for name, stamp in before.items())
