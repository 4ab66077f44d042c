"""The round does everything that is due, whatever becomes of one step of it, and says nothing of anybody."""

import pytest

from whatmatters.config.commands import round as module

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_step_can_be_done_on_an_empty_record_again_and_again() -> None:
    assert [module.once(), module.once()] == [[], []]


def test_a_step_that_fails_is_named_and_keeps_no_other_from_being_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = []

    def fail() -> None:
        raise RuntimeError("Joan Atkinson")

    monkeypatch.setattr(module, "steps", lambda: (("first", fail), ("second", lambda: done.append(2))))
    assert (module.once(), done) == (["first"], [2])
    said = capsys.readouterr().err
    assert "first failed (RuntimeError)" in said
    assert "Atkinson" not in said
