"""A facts folder written beside its place and named when whole: never half of one, nor over anything else."""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whatmatters.measurement.facts import REQUIRED, SCHEMAS, FactsError


@contextmanager
def written(folder: Path, needs: int) -> Iterator[Path]:
    """The folder to write into; it takes the place of an older facts folder at the end, or vanishes on an error.

    ``needs`` is about how many bytes there will be. What a killed run left behind is cleared away. Raises FactsError
    for a place that holds something else, that another run is writing to, or whose disk is or becomes full.
    """
    _refuse_other(folder)
    beside = folder.with_name(f"{folder.name}.unfinished")
    try:
        beside.mkdir(parents=True, exist_ok=True)
        with _alone(beside):
            _refuse_small(folder, beside, needs)
            yield beside
            _take_place(beside, folder)
    except OSError as error:
        raise FactsError(_said(folder, error)) from error


@contextmanager
def _alone(beside: Path) -> Iterator[None]:
    """Holds the folder's lock, which ends with its process, however that ends."""
    held = os.open(beside, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FactsError(
                f"{beside} is being written by another run: wait for it, or choose another place"
            ) from None
        _clear(beside)
        try:
            yield
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    finally:
        os.close(held)


def _clear(folder: Path) -> None:
    for entry in folder.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _refuse_other(folder: Path) -> None:
    if not folder.exists():
        return
    # Names with a dot in front are what engines keep with facts.
    names = {entry.name for entry in folder.iterdir()} if folder.is_dir() else {"a file"}
    found = {name for name in names if not name.startswith(".")}
    tables = {name: {name, f"{name}.parquet"} & found for name in SCHEMAS}
    if found and (found - set().union(*tables.values()) or not all(tables[name] for name in REQUIRED)):
        raise FactsError(f"{folder} exists and is not a facts folder: choose another place")


def _refuse_small(folder: Path, beside: Path, needs: int) -> None:
    free = shutil.disk_usage(beside).free
    if free < needs:
        raise FactsError(
            f"{folder} needs about {needs / 1e9:.1f} GB and its disk has {free / 1e9:.1f} GB free: make room, choose "
            "another disk, or ask for fewer people"
        )


def _take_place(beside: Path, folder: Path) -> None:
    old = folder.with_name(f"{folder.name}.old-{os.getpid()}")
    if folder.exists():
        folder.rename(old)
    beside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _said(folder: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"the disk of {folder} is full: nothing was kept; make room, choose another disk, or ask for fewer people"
        )
    return f"{folder} cannot be written: {error.strerror or error}"
