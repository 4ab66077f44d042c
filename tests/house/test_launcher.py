"""./whatmatters finds what it needs from wherever and however it is called."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a space in its path, and a stand-in for Python that says where it was called and with what."""
    folder = tmp_path / "a folder" / "what matters"
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name in ("whatmatters", "requirements.lock"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    (folder / ".venv" / "requirements.lock").write_bytes((ROOT / "requirements.lock").read_bytes())
    python = folder / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\nprintf "%s|%s|%s" "$PYTHONPATH" "$PWD" "$*"\n', "utf-8")
    for file in (python, folder / "whatmatters"):
        file.chmod(0o755)
    return folder


def test_it_runs_from_any_folder_and_through_links(checkout: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "near").symlink_to(checkout / "whatmatters")
    (elsewhere / "far").symlink_to("near")
    for called in (checkout / "whatmatters", elsewhere / "near", elsewhere / "far"):
        done = subprocess.run([called, "audit", "a b"], cwd=elsewhere, capture_output=True, text=True, check=True)
        assert done.stdout == f"{checkout}/src|{elsewhere}|-m whatmatters.config.cli audit a b"


@pytest.mark.parametrize(("settings", "home"), [("production", "var"), ("demo", "var/demo")])
def test_the_record_lies_in_the_checkout_wherever_a_command_is_run(settings: str, home: str, tmp_path: Path) -> None:
    """Settings make their home when they load: so a copy of them is loaded, not this checkout's own."""
    source = tmp_path / "checkout" / "src"
    config = Path("whatmatters", "config")
    shutil.copytree(ROOT / "src" / config, source / config)
    (source / "whatmatters" / "__init__.py").touch()
    script = f"from whatmatters.config.settings.{settings} import HOME; print(HOME)"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WHATMATTERS_", "DJANGO_"))}
    surroundings = {**kept, "PYTHONPATH": str(source)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(tmp_path / "checkout" / home)
