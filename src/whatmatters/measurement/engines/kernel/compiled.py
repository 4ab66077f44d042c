"""How a function is compiled, and where compiled code is kept from one run to the next."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

config: Any = numba.config
njit: Any = numba.njit
Function = TypeVar("Function", bound=Callable[..., Any])

# numba takes kept code for fresh while the one file it was asked for is unchanged, though it holds the code of every
# function that is called from it. So each state of these files keeps its own.
_SOURCES = b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))
_NAME = f"kernel-{hashlib.sha256(_SOURCES).hexdigest()[:16]}"
_PLACES = (Path(__file__).parent / "__pycache__", Path.home() / ".cache" / "whatmatters")


def _kept() -> str:
    """The first place that can be written; none on a machine where there is none, which then compiles every time."""
    for place in _PLACES:
        try:
            (place / _NAME).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(place / _NAME, os.W_OK):
            return str(place / _NAME)
    return ""


_KEPT = _kept()


def compiled(function: Function) -> Function:
    """To machine code, when it is first called; other threads run meanwhile."""
    before, config.CACHE_DIR = config.CACHE_DIR, _KEPT
    try:
        made: Function = njit(nogil=True, cache=bool(_KEPT))(function)
    finally:
        config.CACHE_DIR = before
    return made
