"""Whether those who had a support used less care afterwards than people like them who had not: from facts to rows.

Which days are looked at: ``questions``. Supported: whoever began in them. Comparators: whoever has had none of it by
the end of their own year after, each at one day of the same year. Matched exactly on sex, fifth of deprivation, number
of long-term conditions, quarter of the year, five-year age band and band of prior use. Left out and counted: who died
within the year after, who was not on a list throughout. The result is refused, with its reason, where
``moments.Comparison`` has doubts or fewer than ``FEWEST`` were supported. Needs numpy, scipy and DuckDB: never imported
by a web process.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from whatmatters import periods as calendar
from whatmatters.measurement.indicators import LEVELS
from whatmatters.measurement.questions import Question, window

if TYPE_CHECKING:
    import pyarrow as pa

    from whatmatters.measurement.facts import Facts


def compare(
    facts: "str | Path | Facts",
    periods: Iterable[str],
    questions: Iterable[Question],
    *,
    levels: Iterable[str] = LEVELS,
    as_at: date | None = None,
) -> "pa.Table":
    """A row of ``comparison_rows.COLUMNS`` for each question, period and organisation that supported somebody, sorted.

    The nation always has a row, be it a refusal. Raises FactsError and ValueError as ``measurement.measure`` does.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy

    from whatmatters.measurement.comparison_rows import COLUMNS  # noqa: PLC0415

    return pa.Table.from_pylist(list(_rows(facts, list(periods), list(questions), list(levels), as_at)), schema=COLUMNS)


def _rows(
    facts: "str | Path | Facts", labels: list[str], questions: list[Question], levels: list[str], as_at: date | None
) -> Iterator[dict[str, object]]:
    from whatmatters.measurement.comparison_rows import rows  # noqa: PLC0415 - heavy, as all below
    from whatmatters.measurement.engines.around_support import cells  # noqa: PLC0415
    from whatmatters.measurement.engines.places import places  # noqa: PLC0415
    from whatmatters.measurement.engines.views import connected  # noqa: PLC0415
    from whatmatters.measurement.facts import Facts, read  # noqa: PLC0415
    from whatmatters.measurement.quality import latest_day, refuse  # noqa: PLC0415

    spans = [calendar.period(label) for label in dict.fromkeys(labels)]
    if unknown := [level for level in levels if level not in LEVELS]:
        raise ValueError(f"{unknown[0]!r} is not a level: choose from {', '.join(LEVELS)}")
    given = facts if isinstance(facts, Facts) else read(Path(facts))
    with connected(given) as connection:
        refuse(given, connection)
        until = as_at or latest_day(lambda select: connection.execute(select).fetchall())
        connection.execute("CREATE TEMP TABLE practices AS SELECT DISTINCT practice FROM registrations")
        for question in sorted(questions, key=lambda one: one.indicator):
            for span in sorted(spans, key=lambda one: one.label):
                asked = window(span, until)
                if asked is None:
                    continue
                found = cells(connection, question, asked)
                above = connection.execute(places(span.last_day)).fetchall()
                names = {"indicator": question.indicator, "definition": question.definition}
                for row in rows(found, above, levels):
                    yield {**names, "period": span.label, **row, "as_at": until}
