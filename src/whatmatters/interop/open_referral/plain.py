"""A text as people are to read it: what was written as HTML loses its tags and keeps its words."""

import html
import re
import unicodedata
from html.entities import html5

from whatmatters.people.text import LAYOUT, hidden

LINK = re.compile(r"<a\b[^<>]*?\bhref\s*=\s*[\"']?(https?://[^\"'\s<>]+)[^<>]*>([^<>]*)</a\s*>", re.IGNORECASE)
SILENT = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
BREAK = re.compile(r"</?(?:p|br|div|ul|ol|li|h[1-6]|tr|table|tbody)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:a|b|strong|i|em|u|s|span|font|small|big|sub|sup|img|td|th|thead|section|article|hr|code|pre|blockquote|"
    r"iframe|object|embed|form|input|button|svg|link|meta|title|head|body|html)\b[^<>]*>",
    re.IGNORECASE,
)
MARKED = re.compile("[<&]")
TWICE = re.compile(r"&(?:amp;)+")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
GAPS = re.compile(r"[ \t\u00a0]+")
MANY = re.compile(r"\n{3,}")
ROUNDS = 9  # tags hidden in tags hidden in tags: after so many, every < and & goes
LONGEST = 10_000  # letters that are read


def plain(text: str) -> str:
    """Without the tags and character references of HTML, spaces tidied. ``plain`` of what it gives changes nothing."""
    if len(text) <= LONGEST and text.isprintable() and not MARKED.search(text):
        return tidy(text)  # nearly all are so, and there are many
    text = tidy(text[:LONGEST])
    for _ in range(ROUNDS):
        before, text = text, _bare(text)
        if text == before:
            return text
    return tidy(text.replace("<", " ").replace("&", " "))


def line(text: str) -> str:
    """``plain``, on one line."""
    return " ".join(plain(text).split())


def _bare(text: str) -> str:
    text = LINK.sub(lambda link: link[2] if link[1] in link[2] else f"{link[2]} ({link[1]})", SILENT.sub(" ", text))
    text = TWICE.sub("&", TAG.sub("", BREAK.sub("\n", text)))
    return tidy(ENTITY.sub(lambda found: html.unescape(found[0]) if _known(found[0]) else found[0], text))


def _known(reference: str) -> bool:
    """``html.unescape`` would also read the beginning of what it does not know."""
    return reference.startswith("&#") or reference[1:] in html5


def tidy(text: str) -> str:
    """Spaces and line ends as one types them, and no characters that cannot be seen."""
    if text.isprintable():  # one line of letters that can be seen
        return " ".join(unicodedata.normalize("NFC", text).split())
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    seen = "".join(letter for letter in text if letter in LAYOUT or not hidden(letter))
    lines = [GAPS.sub(" ", line).strip() for line in unicodedata.normalize("NFC", seen).split("\n")]
    return MANY.sub("\n\n", "\n".join(lines)).strip()
