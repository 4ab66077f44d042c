"""The one reader of JSON: what it takes, what it refuses, and that it says where."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.web.json_faults import DEEPEST, LARGEST
from whatmatters.web.strict_json import NotJson, decode

REFUSED = [
    ('{"a": 1, "a": 1}', "a (line 1, column 10): this name stands twice in one object"),
    ('{"contents": [{}, {"name": 1,\n "name": 2}]}', "contents[1].name (line 2, column 2): this name stands twice"),
    (r'{"a": 1, "\u0061": 2}', "a (line 1, column 10): this name stands twice"),
    ("[0, NaN]", "[1] (line 1, column 5): NaN is no JSON number"),
    ('{"a": [1, -Infinity]}', "a[1] (line 1, column 11): -Infinity is no JSON number"),
    ("[1e999]", "[0] (line 1, column 2): a number too large to be read"),
    (f"[{LARGEST + 1}]", "[0] (line 1, column 2): a whole number too large to be read alike everywhere"),
    ("9" * 50_000, "line 1, column 1: a whole number too large"),
    (r'["\ud800"]', "[0] (line 1, column 2): half a surrogate pair"),
    ('["\ud800"]', "[0] (line 1, column 2): half a surrogate pair"),
    (r'{"\udfff": 1}', r"\udfff (line 1, column 2): half a surrogate pair"),
    (r'["a\u0000b"]', "[0] (line 1, column 2): a NUL character"),
    ('["a\0b"]', "[0] (line 1, column 4): this is not JSON (invalid control character at)"),
    ("[" * 10_000, f"(line 1, column {DEEPEST + 1}): objects and lists lie more than {DEEPEST} deep"),
    ('{"a":' * 10_000, f"objects and lists lie more than {DEEPEST} deep"),
    ("[" * 65 + "]" * 65, f"objects and lists lie more than {DEEPEST} deep"),
    ("[1, 2", "[1] (line 1, column 6): it ends too early: is it cut short?"),
    ('{"a": "b', "a (line 1, column 7): it ends too early: is it cut short?"),
    ("", "line 1, column 1: it ends too early"),
    ("[1] 2", "line 1, column 5: this is not JSON (extra data)"),
    ("[01]", "[0] (line 1, column 3): this is not JSON"),
    ("<html>", "line 1, column 1: this is not JSON"),
    (b'{"a": "caf\xe9"}', "a (line 1, column 11): this byte is not UTF-8"),
    ("[1]".encode("utf-16"), "line 1, column 1: this is UTF-16: save or ask for it as UTF-8"),
    ("[1]".encode("utf-32"), "line 1, column 1: this is UTF-32"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED, ids=[said[:60] for _, said in REFUSED])
def test_what_is_refused_and_what_is_said_of_it(text: bytes | str, said: str) -> None:
    with pytest.raises(NotJson) as refusal:
        decode(text)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("\ufeff[1]", [1]),
        (b"\xef\xbb\xbf[1]", [1]),
        (r'["\ud83d\ude00"]', ["😀"]),
        (r'["\\u0000", "\\ud800"]', [r"\u0000", r"\ud800"]),
        (f"[{LARGEST}, -{LARGEST}, -0, 1e3]", [LARGEST, -LARGEST, 0, 1000.0]),
        ("[" * DEEPEST + "]" * DEEPEST, json.loads("[" * DEEPEST + "]" * DEEPEST)),
        ('{"a": {"a": 1}, "b": {"a": 1}}', {"a": {"a": 1}, "b": {"a": 1}}),
        ("null", None),
    ],
)
def test_what_is_taken(text: bytes | str, value: Any) -> None:
    assert decode(text) == value


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST, LARGEST)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.booleans())
def test_whatever_is_written_comes_back(value: Any, plain: bool) -> None:
    text = json.dumps(value, ensure_ascii=plain)
    assert decode(text) == decode(text.encode()) == value


@given(VALUES, st.data())
def test_a_fault_anywhere_is_refused_with_its_path(value: Any, data: st.DataObject) -> None:
    fault = data.draw(
        st.sampled_from([r'"\ud800"', r'"\u0000"', "NaN", "-Infinity", "1e400", "9" * 17, '{"x":1,"x":2}'])
    )
    wrapped, path = ["<here>"], "[0]"
    for _ in range(data.draw(st.integers(0, 4))):
        if data.draw(st.booleans()):
            wrapped, path = [value, wrapped], f"[1]{path}"
        else:
            wrapped, path = {"before": value, "in": wrapped}, f".in{path}"
    text = json.dumps(wrapped).replace('"<here>"', fault)
    with pytest.raises(NotJson) as refusal:
        decode(text)
    assert refusal.value.place.path == path.removeprefix(".") + (".x" if "x" in fault else "")


@given(st.text(st.sampled_from('[]{}",:\\u0d81eE+-.naNIfty \n\0\ufeff😀')) | st.binary() | st.text())
def test_any_bytes_are_read_as_others_read_them_or_refused(raw: bytes | str) -> None:
    try:
        value = decode(raw)
    except NotJson:
        return
    text = raw if isinstance(raw, str) else raw.decode("utf-8-sig")
    same = json.loads(text.removeprefix("\ufeff"))
    assert value == same or (isinstance(same, float) and math.isnan(same))


def test_a_text_of_fifty_megabytes_is_read() -> None:
    assert len(decode('{"a": "' + "x" * 50_000_000 + '"}')["a"]) == 50_000_000
