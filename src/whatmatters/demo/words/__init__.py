"""The words the demo is told in: names, places, what people said. All written for it; TOML files in this folder."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words(name: str) -> dict[str, Any]:
    """The file ``name``.toml, read once."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))
