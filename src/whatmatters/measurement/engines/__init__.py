"""One file an engine. Each has ``run(facts, periods, indicators, levels, breakdowns, organisations, as_at)``.

It returns a table of ``COLUMNS``, in any order. All engines agree exactly: sums are taken in whole millionths, in
which addition gives the same in every order.
"""

import pyarrow as pa

ENGINES = ("duckdb", "reference")

COLUMNS = pa.schema(
    [(name, pa.string()) for name in ("indicator", "period", "organisation", "level", "breakdown", "group")]
    + [(name, pa.float64()) for name in ("numerator", "denominator", "coverage")]
)
