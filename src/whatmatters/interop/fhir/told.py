"""What the bundle of a referral tells, in plain values: written from the record, read back from what others send."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Who:
    """The person. ``language`` in words; ``sex`` F, M, X or empty; ``ethnicity`` the NHS Data Dictionary's letter."""

    id: str
    given: str
    family: str
    born: date
    title: str = ""
    preferred: str = ""
    died: date | None = None
    sex: str = ""
    ethnicity: str = ""
    nhs_number: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    language: str = "English"
    interpreter: bool = False


@dataclass(frozen=True)
class Place:
    """An organisation by its ODS code."""

    code: str
    name: str


@dataclass(frozen=True)
class Sender:
    """The standard's referrer details. ``source`` says whether it is staff, an agency, a carer or the person."""

    source: str
    sector: str = ""
    method: str = ""
    name: str = ""
    role: str = ""
    team: str = ""
    service: str = ""
    organisation: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Onward:
    """A community group and what came of it. ``how``: told (signposted), introduced, or asked (no yes so far).

    ``state``: of one asked awaited, no, full or withdrawn; of the others not yet, went or did not. ``why``: of a no,
    of not going or of no help. ``settled`` is the day of the state, ``helped`` yes, no or empty.
    """

    id: str
    how: str
    group: str
    name: str
    on: date
    state: str
    settled: date | None = None
    why: str = ""
    helped: str = ""
    helped_on: date | None = None


@dataclass(frozen=True)
class Told:
    """``status`` and ``ended_why`` are those of the referral; ``agreed_on``: the person knew and agreed."""

    id: str
    who: Who
    practice: Place
    service: Place
    sender: Sender
    made: date
    need: str
    status: str
    reason: str = ""
    agreed_on: date | None = None
    agreement: str = ""
    ended_on: date | None = None
    ended_why: str = ""
    owner: str = ""
    onward: tuple[Onward, ...] = field(default=())
