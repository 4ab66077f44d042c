"""The JSON of an import: files, folders of them, one value a line (ndjson); each read whole before anything is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whatmatters.interop.imports.refusals import SHOWN, ImportRefused
from whatmatters.web.strict_json import NotJson, decode

LIMIT = 200_000_000  # bytes of one file: the whole of a large county's services is about a tenth of it
LINES = (".ndjson", ".jsonl")


@dataclass(frozen=True)
class Document:
    name: str
    value: Any


def documents(paths: Sequence[Path]) -> list[Document]:
    """Every value of every file, in the order of their names. Raises ImportRefused, naming all files that are amiss."""
    found: list[Document] = []
    amiss: list[str] = []
    for path in _files(paths):
        try:
            found += _read(path)
        except ImportRefused as refusal:
            amiss.append(str(refusal))
    if amiss:
        more = f"\n  and {len(amiss) - SHOWN} more" if len(amiss) > SHOWN else ""
        lines = "".join(f"\n  {one}" for one in amiss[:SHOWN])
        raise ImportRefused(f"Nothing was imported, because not every file can be read:{lines}{more}")
    return found


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
        elif inside := sorted(one for one in path.iterdir() if one.suffix.lower() in (".json", *LINES)):
            yield from inside
        else:
            raise ImportRefused(f"{path}: no .json file lies in this folder: name the folder with the saved pages")


def _read(path: Path) -> list[Document]:
    raw = _bytes(path)
    try:
        if path.suffix.lower() not in LINES:
            return [Document(path.name, decode(raw))]
    except NotJson as fault:
        raise ImportRefused(f"{path.name}: {fault}") from fault
    return [_line(path.name, at, line) for at, line in enumerate(raw.splitlines(), start=1) if line.strip()]


def _line(name: str, at: int, line: bytes) -> Document:
    try:
        return Document(f"{name}:{at}", decode(line))
    except NotJson as fault:
        raise ImportRefused(f"{name}, line {at} of the file: {fault}") from fault


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise ImportRefused(
                f"{path.name}: {size / 1e6:,.0f} MB is more than {LIMIT // 1_000_000} MB: save it as pages"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ImportRefused(f"{path}: there is no such file: check the name and the folder") from error
    except OSError as error:
        raise ImportRefused(f"{path.name}: it cannot be read: {error.strerror}") from error
