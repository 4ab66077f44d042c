"""What an entry holds, checked against the list: the same for a form, an import and a row about to be saved.

Values are told as JSON: groups as objects, what may stand often as lists, days as ``2026-05``, ``2026-05-01`` or
``2026-05-01T10:30``, a code as ``{"code": ..., "display": ...}``. What is empty is left out.
"""

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from whatmatters.components.care_planning.standard import Field
from whatmatters.people.text import one_line, some_lines, tidied

ONE_LINE, SOME_LINES, CODE, ROWS = 255, 4000, 64, 50  # our limits, where the standard sets none
AT = "-"
DAYS = {"YM": ("%Y-%m", "%Y-%m-%d"), "YMD": ("%Y-%m-%d",)}
MOMENTS = ("%Y-%m-%d", "%Y-%m-%dT%H:%M")


def checked(field: Field, values: Any, *, strict: bool = True) -> dict[str, Any]:
    """The values of one entry of ``field``, tidied. ValidationError names each part that does not fit by where it
    stands (``trigger_factors-0-free_text``) and says what to do. ``strict`` refuses an entry that says nothing."""
    problems: dict[str, list[str]] = {}
    kept = _group(field, values, "", problems)
    if strict and not kept and not problems:
        raise ValidationError(f"{field.label}: write something, or go back without saving")
    if problems:
        raise ValidationError(problems)
    return kept


def _group(field: Field, values: Any, at: str, problems: dict[str, list[str]]) -> dict[str, Any]:
    if not isinstance(values, dict):
        _refuse(problems, at, field, "must hold its parts by name")
        return {}
    children = {child.key: child for child in field.kept()}
    for key in values.keys() - children.keys():
        _refuse(problems, _at(at, str(key)), field, f"“{key}” cannot be written here")
    kept = {}
    for key, child in children.items():
        found = _many(child, values.get(key), _at(at, key), problems)
        if found not in (None, "", [], {}):
            kept[key] = found
    if at and not kept:
        return {}  # a group nobody has begun asks for none of its parts
    for key, child in children.items():
        if child.compulsory and key not in kept and not _told(problems, _at(at, key)):
            _refuse(problems, first_words(child, _at(at, key)), child, "must be filled in")
    return kept


def _many(field: Field, value: Any, at: str, problems: dict[str, list[str]]) -> Any:
    if not field.many:
        return _one(field, value, at, problems)
    if value is None:
        return []
    if not isinstance(value, list):
        _refuse(problems, at, field, "must be a list")
        return []
    found = [_one(field, one, f"{at}{AT}{place}", problems) for place, one in enumerate(value)]
    found = [one for one in found if one not in (None, "", {})]
    most = field.most or ROWS
    if len(found) > most:
        _refuse(problems, at, field, f"at most {most} may be written, and these are {len(found)}")
    return found


def _one(field: Field, value: Any, at: str, problems: dict[str, list[str]]) -> Any:
    if value is None:
        return None
    if field.group:
        return _group(field, value, at, problems)
    try:
        return READ[field.kind](field, value)
    except ValidationError as problem:
        for words in problem.messages:
            _refuse(problems, at, field, words)
        return None


def _words(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise ValidationError("must be words")
    text = tidied(value)
    (one_line if field.kind == "string" else some_lines)(text)
    longest = field.longest or (ONE_LINE if field.kind == "string" else SOME_LINES)
    if len(text) > longest:
        raise ValidationError(f"at most {longest} letters, and these are {len(text)}")
    if text and len(text) < field.shortest:
        raise ValidationError(f"at least {field.shortest} letters")
    if text and field.choices and text not in dict(field.choices):
        raise ValidationError("choose one of the list")
    return text


def _day(field: Field, value: Any) -> str | None:
    if value == "":
        return None
    for shape in DAYS.get(field.precision, MOMENTS):
        try:
            if isinstance(value, str) and datetime.strptime(value, shape).strftime(shape) == value:
                return value
        except ValueError:
            continue
    raise ValidationError("enter a day that exists, such as 2026-05-01")


def _number(field: Field, value: Any) -> int | float | None:
    if value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValidationError("enter a number") from None
    least, most = field.between or (0, 10**9)
    if isinstance(value, bool) or not number.is_finite() or not least <= number <= most:
        raise ValidationError(f"enter a number from {least} to {most}")
    return int(number) if number == number.to_integral_value() else float(number)


def _yes_or_no(field: Field, value: Any) -> bool | None:
    if value == "":
        return None
    if not isinstance(value, bool):
        raise ValidationError("answer yes or no")
    return value


def _code(field: Field, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or value.keys() - {"code", "display"}:
        raise ValidationError("must be a code and its words")
    code, display = (str(value.get(part) or "").strip() for part in ("code", "display"))
    if not code:
        if display:
            raise ValidationError("the code itself is missing")
        return {}
    one_line(code + display)
    if field.value_set.startswith("SNOMED CT") and not field.choices and not re.fullmatch(r"[1-9][0-9]{5,17}", code):
        raise ValidationError("a SNOMED CT code is a number of 6 to 18 digits")
    if len(code) > CODE or len(display) > ONE_LINE:
        raise ValidationError(f"at most {CODE} letters for the code and {ONE_LINE} for its words")
    return {"code": code, "display": display} if display else {"code": code}


READ = {
    "string": _words, "text": _words, "date": _day, "datetime": _day, "decimal": _number, "boolean": _yes_or_no,
    "code": _code,
}  # fmt: skip


def _at(above: str, key: str) -> str:
    return f"{above}{AT}{key}" if above else key


def first_words(field: Field, at: str) -> str:
    """Where on a form the first words of a part that is missing would stand."""
    at = f"{at}{AT}0" if field.many else at
    if not field.group:
        return at
    words = next((child for child in field.kept() if not child.seldom), field.kept()[0])
    return first_words(words, _at(at, words.key))


def _told(problems: dict[str, list[str]], at: str) -> bool:
    return any(where == at or where.startswith(at + AT) for where in problems)


def _refuse(problems: dict[str, list[str]], at: str, field: Field, words: str) -> None:
    problems.setdefault(at or field.key, []).append(f"{field.label.rstrip('?')}: {words}")
