"""The minimum dataset as CSV: one line for each item that a case holds, named as the information standard names it.

    case       the case, by a pseudonym of its own
    person     NHS number, or a pseudonym (the same in every file of this system)
    practice   ODS code of the practice it came from
    service    ODS code of the network it went to
    set        which of the four sets it belongs to; empty for what the standard asks besides
    item       where it stands in the standard, from the section down
    code       the value's code; empty for words and numbers, or where no code is known
    system     SNOMED CT, NHS Data Dictionary, or local starter list
    status     how sure the code is: seen, seen once, recalled, local, not found; empty where no code is needed
    term       the code in words
    value      a number, a day or a short fact
    text       what was written, only where free text was asked for
    on         the day, as 2026-11-22

The layout is ours: the published one was not to be had. Safeguarding notes never leave; nor does what the person keeps
from anyone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from typing import Any

from django.db.models import QuerySet

from whatmatters.components.social_prescribing.conversation import written
from whatmatters.components.social_prescribing.hiding import kept_from_anyone
from whatmatters.components.social_prescribing.minimum import SETS
from whatmatters.components.social_prescribing.models import Referral
from whatmatters.components.social_prescribing.sections import NEEDS, RISKS, SUPPORT
from whatmatters.events.codes import SP_CONTACT, SP_CONTACT_TRIED, SP_REFERRED
from whatmatters.instruments import INSTRUMENTS
from whatmatters.interop.social_prescribing import coding
from whatmatters.interop.social_prescribing.who import named, pseudonym
from whatmatters.programme import tables

DEMOGRAPHICS, OF_NEEDS, OF_SUPPORT, OUTCOMES = SETS
DICTIONARY = "NHS Data Dictionary"
_ACTIVITIES = "Care and support plan > Needs, concerns or problems > Goals and hopes > Actions and activities > What"
_SCORE = "Assessments > Assessments record entry > Structured assessment > Assessment result"
_REFERRAL = "Referral details > Referral details record entry"
_CONTACT = "Contacts with professionals > Contacts with professionals record entry > Date and time of contact"
_GROUP = "Signpost details > Signpost details record entry > Signpost to > Service"
OF_SECTION = {
    NEEDS: (OF_NEEDS, "Care and support plan > Needs, concerns or problems"),
    SUPPORT: (OF_SUPPORT, _ACTIVITIES),
    RISKS: ("", "Risks > Risks record entry > Risk"),
}


@dataclass(frozen=True)
class Line:
    """One line of the file; each field is a column of that name."""

    case: str
    person: str
    practice: str
    service: str
    set: str
    item: str
    code: str = ""
    system: str = ""
    status: str = ""
    term: str = ""
    value: str = ""
    text: str = ""
    on: str = ""


COLUMNS = tuple(field.name for field in fields(Line))


def text(rows: Iterable[Line]) -> str:
    """The file, safe in a spreadsheet: words that look like a formula get an apostrophe before them."""
    return tables.text(COLUMNS, (astuple(row) for row in rows))


def lines(rows: QuerySet[Referral], *, by_number: bool, free_text: bool) -> Iterator[Line]:
    """Of cases with a person. ``by_number``: with NHS numbers, days of birth and postcodes; else months and none."""
    found = list(rows.select_related("person", "practice", "service").order_by("pk"))
    kept = kept_from_anyone(found)
    for row in found:
        if row.uuid not in kept:
            yield from _case(row, kept, by_number, free_text)


def _case(row: Referral, kept: frozenset[Any], by_number: bool, free_text: bool) -> Iterator[Line]:
    person = row.person
    if person is None:
        return
    about = (pseudonym(row.uuid), named(person, by_number), row.practice.code, row.service.code)
    for of, item, facts in (
        *_person(row, by_number), *_asked(row), *_said(row, kept), *_offered(row, kept), *_felt(row), *_met(row),
    ):  # fmt: skip
        words = facts.pop("text", "")
        yield Line(*about, of, item, **facts, text=words if free_text else "")


Item = tuple[str, str, dict[str, str]]


def _person(row: Referral, by_number: bool) -> Iterator[Item]:
    person, at = row.person, "Person demographics"
    if person is None:
        return
    born = person.born.isoformat()
    yield DEMOGRAPHICS, f"{at} > Date of birth", {"value": born if by_number else born[:7]}
    for item, code, term in (
        ("Sex", person.sex, person.get_sex_display()),
        ("Ethnicity", person.ethnicity, person.get_ethnicity_display()),
    ):
        if code:
            yield DEMOGRAPHICS, f"{at} > {item}", {"code": code, "system": DICTIONARY, "term": term}
    if by_number and person.postcode:
        yield DEMOGRAPHICS, f"{at} > Person's address > Postcode", {"value": person.postcode}
    practice = "GP practice > GP practice record entry > GP practice identifier"
    yield DEMOGRAPHICS, practice, {"value": row.practice.code}


def _asked(row: Referral) -> Iterator[Item]:
    yield "", f"{_REFERRAL} > Date", {**_coded(coding.of_event(SP_REFERRED)), "on": row.made_on.isoformat()}
    if row.national_method:
        yield "", f"{_REFERRAL} > Referral method", {"value": row.national_method}
    if row.reason:
        yield "", f"{_REFERRAL} > Reason for referral > Free text", {"text": row.reason}


def _said(row: Referral, kept: frozenset[Any]) -> Iterator[Item]:
    for section, part in written(row, tuple(OF_SECTION), without=kept).items():
        of, item = OF_SECTION[section]
        for entry in part.entries:
            coded = _coded(coding.of_choice(section, entry.choice)) if entry.choice else {}
            leaf = "Coded value" if entry.choice else "Free text"
            yield of, f"{item} > {leaf}", {**coded, "text": entry.text, "on": entry.at.date().isoformat()}


def _offered(row: Referral, kept: frozenset[Any]) -> Iterator[Item]:
    for link in row.connections.select_related("group"):
        if link.uuid in kept:
            continue
        item = f"{_GROUP} > Coded value" if link.signpost else f"{_ACTIVITIES} > Coded value"
        coded = _coded(coding.of_group(link.group.kind))
        yield OF_SUPPORT, item, {**coded, "value": link.group.name, "on": link.on.isoformat()}


def _felt(row: Referral) -> Iterator[Item]:
    for sitting in row.sittings.all():
        instrument = INSTRUMENTS[sitting.instrument]
        for scale, score in instrument.read(sitting.answers):
            known = coding.of_event(scale.code) if scale.code else coding.Code("", coding.SNOMED, "", coding.NOT_FOUND)
            term = f"{instrument.title}: {scale.short}"
            facts = {**_coded(known), "term": term, "value": f"{score:g}", "on": sitting.on.isoformat()}
            yield OUTCOMES, f"{_SCORE} > Value", facts


def _met(row: Referral) -> Iterator[Item]:
    for contact in row.contacts.all():
        code = _coded(coding.of_event(SP_CONTACT if contact.spoke else SP_CONTACT_TRIED))
        yield "", _CONTACT, {**code, "text": contact.note, "on": contact.on.isoformat()}


def _coded(code: coding.Code) -> dict[str, str]:
    return {"code": code.code, "system": code.system, "status": code.status, "term": code.term}
