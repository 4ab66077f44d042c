"""The national engine: one pass over people, compiled, for every count and every period.

Made for sixty million people on one machine. It needs the extra ``kernel`` (numba), and reads the facts through a
mart that it keeps with them (``marts``). A plan becomes instructions (``instructions``), which a loop follows for one
person after another (``loop``), looking up what a day means to each period (``days``).
"""

from collections.abc import Iterator

from whatmatters.measurement.engines import Grains, Plan
from whatmatters.measurement.facts import Facts


def grains(facts: Facts, plan: Plan) -> Iterator[Grains]:
    """See ``engines``. Raises FactsError where the facts cannot be read, or hold values too great to be added up."""
    from whatmatters.measurement.engines.kernel.passes import passes  # noqa: PLC0415 - numba, when it is wanted

    return passes(facts, plan)
