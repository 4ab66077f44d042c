"""Between the tables and a document: a version in plain values, as whoever it is for may see it."""

from datetime import UTC, datetime

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.components.care_planning.actions.giving import give_file
from whatmatters.components.care_planning.contents import contents_of
from whatmatters.components.care_planning.models import Version
from whatmatters.components.care_planning.rights import hidden_from
from whatmatters.components.care_planning.shown import without
from whatmatters.components.care_planning.told import telling
from whatmatters.interop.fhir.names import Json, first
from whatmatters.interop.fhir.plan import document
from whatmatters.interop.fhir.plan.told import Author, Telling
from whatmatters.interop.fhir.record import who
from whatmatters.interop.fhir.told import Place


def told_of(version: Version, audience: str = "", at: datetime | None = None) -> Telling:
    """``audience``: a kind of reader (``Share.Kind``), whose copy lacks what the person keeps from them; empty for all
    of it. ``at``: when the document is made, to the second."""
    contents = contents_of(version)
    seen = without(contents, hidden_from(version.plan, audience))
    whole, told = telling(contents), telling(seen)
    return Telling(
        id=str(version.uuid),
        who=who(version.plan.person),
        values=told.values,
        standard=version.standard,
        state=version.state,
        number=version.number,
        made=(at or datetime.now(UTC)).replace(microsecond=0),
        keeper=_keeper(told.values),
        written={path: Author(one.by, one.role, one.at) for path, one in told.written.items()},
        partial=len(told.written) < len(whole.written) or told.values != whole.values,
    )


def _keeper(values: Json) -> Place:
    """Where the person is registered keeps their plan."""
    practice = first(values.get("gp_practice", {}).get("gp_practice_record_entry"))
    return Place(practice.get("gp_practice_identifier", ""), practice.get("gp_practice_details", ""))


@transaction.atomic
def sent_out(version: Version, *, by: Actor, audience: str = "", with_whom: str = "", purpose: str = "") -> Json:
    """The document; and on the audit chain that it was made, for which kind of reader, and its digest. Where it is for
    someone (``with_whom``, for a ``purpose`` of ``Access.Purpose``) it is a share of the plan (ValidationError)."""
    made = document.write(told_of(version, audience))
    digest = made["entry"][-1]["resource"]["extension"][0]["valueString"]
    detail: dict[str, object] = {"version": version.pk, "audience": audience, "sha256": digest}
    audit.record("made a FHIR copy of the plan", by=by, person=version.plan.person_id, detail=detail)
    if with_whom:
        give_file(version=version, kind=audience, with_whom=with_whom, purpose=purpose, sha256=digest, by=by)
    return made
