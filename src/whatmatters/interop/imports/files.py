"""Opens a published file, plain or in a zip, and gives its text; refuses what is no such file.

The largest the NHS publishes here is about 30 MB unpacked; the limit leaves room and keeps a bomb from the memory.
"""

import zipfile
from pathlib import Path

from whatmatters.interop.imports.refusals import ImportRefused

LIMIT = 100_000_000  # bytes, unpacked
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def content(path: Path) -> bytes:
    """The bytes of the CSV. Raises ImportRefused."""
    if not path.exists():
        raise ImportRefused(f"{path}: there is no such file: check the name and the folder")
    if not path.is_file():
        raise ImportRefused(f"{path}: this is a folder or device: name the files in it, for example {path}/*.csv")
    size = path.stat().st_size
    if size == 0:
        raise ImportRefused(f"{path.name}: the file is empty: download it again")
    _refuse_large(path.name, size)
    try:
        with path.open("rb") as file:
            packed = file.read(4) == b"PK\x03\x04" or zipfile.is_zipfile(path)
        return _only_member(path) if packed else path.read_bytes()
    except OSError as error:
        raise ImportRefused(f"{path.name}: it cannot be read: {error.strerror}") from error


def text(path: Path) -> str:
    """The CSV's text. Raises ImportRefused."""
    return decoded(path.name, content(path))


def decoded(name: str, raw: bytes) -> str:
    """UTF-8, with or without a mark at its start. Raises ImportRefused naming the line."""
    if raw[:2] in UTF_16:
        raise ImportRefused(f"{name}: the file is UTF-16: save it as CSV UTF-8")
    try:
        found = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ImportRefused(f"{name}: line {line} is not UTF-8: save the file as CSV UTF-8") from error
    if "\0" in found:
        line = found[: found.index("\0")].count("\n") + 1
        raise ImportRefused(f"{name}: line {line} holds a NUL character, so the file is damaged: download it again")
    return found


def _refuse_large(name: str, size: int) -> None:
    if size > LIMIT:
        raise ImportRefused(
            f"{name}: {size / 1e6:,.0f} MB is more than the {LIMIT // 1_000_000} MB that any published file of "
            "this kind needs: check that it is the right file"
        )


def _only_member(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as packed:
            members = [member for member in packed.infolist() if not member.is_dir()]
            if len(members) != 1:
                raise ImportRefused(f"{path.name}: the zip holds {len(members)} files: it should hold one CSV")
            _refuse_large(f"{path.name}, unpacked", members[0].file_size)
            with packed.open(members[0]) as member:  # gives no more than the size it declares, then checks the CRC
                return member.read()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise ImportRefused(f"{path.name}: the zip is cut short, damaged or locked: download it again") from error
