"""Texts that were written as HTML are read as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatmatters.interop.open_referral.plain import plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tea & cake, 5 < 6", "Tea & cake, 5 < 6"),
        ("I <3 you", "I <3 you"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br/>Two<BR>Three", "One\nTwo\nThree"),
        ("<b>Bold</b> and <span class='x'>plain</span>", "Bold and plain"),
        ('<a href="https://x.org/">Our page</a>', "Our page (https://x.org/)"),
        ('<a href="javascript:alert(1)">Our page</a>', "Our page"),
        ("<script>alert(1)</script>Hello<style>p{}</style>", "Hello"),
        ("<script>never closed", ""),
        ("<scr<b>ipt>alert(1)</script>", ""),
        ("&lt;b&gt;twice&amp;lt;/b&amp;gt; hidden&nbsp;away", "twice hidden away"),
        ("&notathing; R&D AT&T", "&notathing; R&D AT&T"),
        ("<!-- a note -->Shown", "Shown"),
        ("one\r\n\r\n\r\n\r\ntwo  three ", "one\n\ntwo three"),
        ("Sheds\u202emoor\x07", "Shedsmoor"),
        ("&" + "amp;" * 2000 + "lt;b>", ""),
    ],
)
def test_what_is_read(written: str, read: str) -> None:
    assert plain(written) == read


PARTS = [
    "<p>",
    "</p>",
    "<b",
    ">",
    "<",
    "&amp;",
    "lt;",
    "&",
    "&#60;",
    "<script>",
    "<a href=http://x>",
    "</a>",
    "a",
    " ",
    "é",
]
MARKUP = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


@given(MARKUP)
def test_what_was_read_once_stays_as_it_is(written: str) -> None:
    once = plain(written)
    assert plain(once) == once
    assert "<script" not in once.lower()
