"""Whether a definition is made of the vocabulary: a comma forgotten would else be a wrong number in silence."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def faults(thing: Any, hint: Any, where: str) -> Iterator[str]:
    """What in ``thing``, all the way down, is not of the type that is declared for it; each with where it stands."""
    if get_origin(hint) is tuple:
        if not isinstance(thing, tuple):
            yield f"{where}: {thing!r} must be a tuple: (one,) with its comma, even of one"
        else:
            for place, one in enumerate(thing):
                yield from faults(one, get_args(hint)[0], f"{where}[{place}]")
        return
    kinds = tuple(_kinds(hint))
    if not isinstance(thing, kinds):
        yield f"{where}: {thing!r} must be {' or '.join(kind.__name__ for kind in kinds)}"
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from faults(getattr(thing, field.name), _hints(type(thing))[field.name], f"{where}.{field.name}")


def _kinds(hint: Any) -> Iterator[type]:
    if get_origin(hint) in (Union, UnionType):
        for one in get_args(hint):
            yield from _kinds(one)
    else:
        yield hint
        if hint is float:
            yield int


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
