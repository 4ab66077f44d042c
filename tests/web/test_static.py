"""What the browser is given besides pages: ours or vendored, complete, and under names that change with the content."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from whatmatters import web

STATIC = Path(web.__file__).parent / "static" / "web"


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whatmatters.web.storage.StaticFiles"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path / "static" / "web"


def test_one_script_imports_the_other_by_its_hashed_name(collected: Path) -> None:
    start = next(path for path in collected.glob("start.*.js")).read_text()
    imported = re.search(r'from "\./(nhsuk-frontend-10\.6\.1\.min\.[0-9a-f]{12}\.js)"', start)
    assert imported is not None
    assert (collected / imported[1]).exists()


def test_every_picture_a_sheet_asks_for_is_there(collected: Path) -> None:
    sheets = [path for path in collected.glob("*.css") if re.search(r"\.[0-9a-f]{12}\.css$", path.name)]
    asked = {(sheet, url) for sheet in sheets for url in re.findall(r'url\("?([^)"]+)', sheet.read_text())}
    assert len({url for _, url in asked}) == 4
    assert [url for sheet, url in asked if not (sheet.parent / url).exists()] == []


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.*s")), ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere_and_no_reserved_font_is_shipped(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9.-]+\.[a-z]{2,}/", text)
    assert "Frutiger" not in text
    assert "@font-face" not in text
