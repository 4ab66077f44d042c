"""A PDF that a screen reader can read, and that carries nothing but what it was given."""

import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from whatmatters.web.pdf import CannotMakePdf, pdf

pytestmark = pytest.mark.slow

PAGE = """<!doctype html><html lang="cy"><head><title>Another</title><style>@page { size: A4 }</style></head><body>
<h1>What matters to me</h1><p>My dog, Bess. Łódź, Ünal.</p>
<svg role="img" viewBox="0 0 9 9" width="40" height="40"><title>A telephone</title><rect width="9" height="9"/></svg>
<table><tr><th scope="col">Who</th></tr><tr><td>Maureen</td></tr></table></body></html>"""


@pytest.fixture(autouse=True)
def nothing_to_complain_of(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What the maker of the file cannot do, it tells the log only: here that fails the test."""
    with caplog.at_level(logging.WARNING, "weasyprint"):
        yield
    said = [entry.getMessage() for entry in caplog.get_records("call") if entry.name == "weasyprint"]
    assert said == []


def test_it_is_tagged_titled_and_in_a_language() -> None:
    read = PdfReader(io.BytesIO(pdf(PAGE, title="The plan")))
    root = read.root_object

    assert root["/MarkInfo"] == {"/Marked": True}
    assert root["/Lang"] == "cy"
    assert read.metadata is not None
    assert read.metadata.title == "The plan"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'part="1"' in root["/Metadata"].get_data() or b"part>1<" in root["/Metadata"].get_data()
    assert {"/H1", "/P", "/Figure", "/Table", "/TH"} <= set(kinds(root["/StructTreeRoot"]))
    assert "Bess. Łódź, Ünal" in read.pages[0].extract_text()


def test_a_drawing_is_read_aloud_by_its_words() -> None:
    read = PdfReader(io.BytesIO(pdf(PAGE, title="The plan")))

    assert "A telephone" in [each.get("/Alt") for each in elements(read.root_object["/StructTreeRoot"])]


@pytest.mark.parametrize("address", ["http://localhost:9/x.png", "https://a.example/x.png", "file:///etc/hostname"])
def test_nothing_is_fetched(address: str) -> None:
    with pytest.raises(ValueError, match="outside itself"):
        pdf(f'<html lang="en"><body><img src="{address}" alt="x"></body></html>', title="x")


def test_british_english_where_no_language_is_said() -> None:
    read = PdfReader(io.BytesIO(pdf("<p>Hello</p>", title="x")))

    assert read.root_object["/Lang"] == "en-GB"


def test_a_machine_without_the_library_is_told_which_packages_to_add(monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])

    with pytest.raises(CannotMakePdf, match="libpango"):
        pdf("<p>Hello</p>", title="x")


def test_the_maker_of_files_is_loaded_only_when_one_is_asked_for() -> None:
    ask = "import whatmatters.web.pdf, sys; print('weasyprint' in sys.modules)"
    where = {"PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True, env=where)

    assert said.stdout == "False\n"


def elements(tree: DictionaryObject) -> Iterator[DictionaryObject]:
    below = tree.get("/K", [])
    for each in below if isinstance(below, list) else [below]:
        found = each.get_object()
        if isinstance(found, DictionaryObject):
            yield found
            yield from elements(found)


def kinds(tree: DictionaryObject) -> list[str]:
    return [each["/S"] for each in elements(tree) if "/S" in each]
