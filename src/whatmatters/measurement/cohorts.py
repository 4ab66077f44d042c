"""Cohorts: who the programme's offers and figures are about, as conditions on recorded codes only.

One object serves both: figures count its people, and the proactive offer finds them. Members on a period's last day
are ``registered(cohort.rule)``; those at some time in the period ``People(some_time(cohort.rule))``. Nothing is
guessed: whoever is not coded is not in, and each cohort says what codes cannot tell.
"""

from whatmatters.measurement.cohort import Cohort
from whatmatters.measurement.cohorts_of_health import OF_HEALTH
from whatmatters.measurement.cohorts_of_life import OF_LIFE
from whatmatters.measurement.long_term import CONDITIONS, LONG_TERM

__all__ = ["COHORTS", "CONDITIONS", "LONG_TERM", "Cohort"]

COHORTS: dict[str, Cohort] = {cohort.id: cohort for cohort in (*OF_LIFE, *OF_HEALTH)}
"""Every cohort by id; each condition's own is there under its detail's name."""
