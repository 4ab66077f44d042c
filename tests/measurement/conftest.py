"""What one indicator comes to on small facts, on every engine that starts at once.

Spark, which takes seconds for each world, is held to the same rules in ``test_engines_agree.py``.
"""

import pytest
from tests.measurement.cases import AS_AT, EACH_ENGINE, indicator

from whatmatters.events.codes import SP_REFERRED
from whatmatters.measurement import measure
from whatmatters.measurement.indicators import REGISTERED, People, did

REFERRED = indicator("referred", People(did(SP_REFERRED)), REGISTERED)


@pytest.fixture(params=[engine for engine in EACH_ENGINE if engine.values != ("spark",)])
def count(request):
    """(numerator, denominator) or coverage by organisation, or by (organisation, group) of a breakdown."""

    def counted(facts, *, period="2022-23", by="all", indicator=REFERRED, what="counts", as_at=AS_AT, **how):
        how |= {"breakdowns": [by], "engine": request.param, "as_at": as_at}
        found = measure(facts, [period], [indicator], **how).to_pylist()
        places = [row["organisation"] if by == "all" else (row["organisation"], row["group"]) for row in found]
        assert len(set(places)) == len(places)
        numbers = [row["coverage"] if what == "coverage" else (row["numerator"], row["denominator"]) for row in found]
        return dict(zip(places, numbers, strict=True))

    return counted
