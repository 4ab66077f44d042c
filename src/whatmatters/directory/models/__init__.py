"""Community groups and services that a person can be told about or introduced to, and how their entries stay true."""

from whatmatters.directory.models.checking import Check, Correction, Fault, How, Link, Report, Why
from whatmatters.directory.models.feeds import Feed, Origin
from whatmatters.directory.models.group import FADES, FRESH, Capacity, Carers, Cost, Group, Provider, Sex, Standing
from whatmatters.directory.models.places import DAYS, Meeting, Place
from whatmatters.directory.models.postcodes import AreaName, Postcode
from whatmatters.directory.models.replies import Reply
from whatmatters.directory.models.words import Misspelling, Word

__all__ = [
    "DAYS", "FADES", "FRESH", "AreaName", "Capacity", "Carers", "Check", "Correction", "Cost", "Fault", "Feed",
    "Group", "How", "Link", "Meeting", "Misspelling", "Origin", "Place", "Postcode", "Provider", "Reply", "Report",
    "Sex", "Standing", "Why", "Word",
]  # fmt: skip
