"""Social prescribing: one episode from referral to closure, with what the person and the link worker do in it."""

import numpy as np

from whatmatters.events import codes
from whatmatters.measurement.details import NOT_BY_THE_PERSON
from whatmatters.measurement.synthesis.arrays import NONE, Days, Flags, Index
from whatmatters.measurement.synthesis.stories_of_groups import onward, other_scores
from whatmatters.measurement.synthesis.told import RECORD, Cases, Told, repeated

RAMP = (1.5, 4, 8, 12, 16)  # per 1000 and year: the draft specification's way up (rates-per-1000, 2019-20 to 2023-24)
MADE_BY = {"clinician": 0.72, "care_coordinator": 0.07, "agency": 0.11, "self": 0.07, "carer": 0.03}
REFUSED = {"person": 0.6, **dict.fromkeys(NOT_BY_THE_PERSON, 0.1)}
PASSED = {"mental health": 0.3, "social care": 0.25, "coach": 0.2, "advice": 0.25}
HOW = {"phone": 0.6, "in person": 0.3, "video": 0.06, "message": 0.04}
GROUPS = {"company": 0.3, "activity": 0.2, "mood": 0.15, "money": 0.15, "home": 0.1, "caring": 0.1}
ENDED = {"done": 0.7, "person": 0.12, "lost": 0.12, "elsewhere": 0.06}
ONS4 = ((codes.ONS4_SATISFIED, 4.6, 1.3), (codes.ONS4_WORTHWHILE, 4.9, 1.2), (codes.ONS4_HAPPY, 4.7, 1.3),
        (codes.ONS4_ANXIOUS, 5.8, -1.2))  # fmt: skip
# Raw scores 7 to 35 on the metric scale (Stewart-Brown and others 2009; values as in the instruments' table).
SWEMWBS = np.array([
    7.00, 9.51, 11.25, 12.40, 13.33, 14.08, 14.75, 15.32, 15.84, 16.36, 16.88, 17.43, 17.98, 18.59, 19.25, 19.98,
    20.73, 21.54, 22.35, 23.21, 24.11, 25.03, 26.02, 27.03, 28.13, 29.31, 30.70, 32.55, 35.00,
])  # fmt: skip


def prescribing(told: Told, many: Index, alone: Flags) -> tuple[Index, Days]:
    """Every referral of the span; returns who was referred, and when first."""
    crowd = told.crowd
    need = (0.5 + 0.35 * np.minimum(many, 4)) * np.where(alone, 2.5, 1) * np.where(crowd.women, 1.15, 0.85)
    chance = np.where(crowd.age > 14, 0.055 * need * told.pull("social_prescribing", 0.07, 0.8), 0)
    cases = told.cases(chance, RAMP)
    who, count = cases.who, len(cases.who)
    later = cases.on_day(_from_referral(told, cases) + told.within(60, 500, count))
    again = later.of((told.lots.random(count) < 0.1) & told.stays.here(who, later.on))
    _from_referral(told, again._replace(number=told.episodes(len(again.who))))
    _without_case(told, who, cases.on)
    return who, cases.on


def _without_case(told: Told, who: Index, on: Days) -> None:
    """What practices code and no case holds: offers, other codes of referral, refusals, referrals nobody follows."""
    for code, share in ((codes.SP_OFFERED, 0.5), (codes.SP_REFERRED_OTHERWISE, 0.25), (codes.SP_REFERRED, 0.08)):
        some = told.chosen(np.full(len(who), share))
        before = on[some] - told.within(0, 20, len(some))
        told.add(code, who[some], before, role="clinician")
        if code == codes.SP_OFFERED:
            told.add(codes.SP_INVITED, who[some][::5], before[::5], detail="letter", role="link_worker")
    others = told.chosen(np.full(len(told.crowd), 0.003))
    told.add(codes.SP_DECLINED, others, told.day(len(others), RAMP), detail="person", role="clinician")


def _from_referral(told: Told, cases: Cases) -> Days:
    """Returns the last day of each."""
    count, practice = len(cases.who), told.stays.practice(cases.who, cases.on)
    maker = told.drawn(MADE_BY, count)
    staff = np.isin(maker, [told.word("clinician"), told.word("care_coordinator")])
    told.tell(codes.SP_REFERRED, cases, detail=maker, organisation=np.where(staff, practice, NONE), source=RECORD)
    fate = told.drawn({"accepted": 0.84, "declined": 0.1, "redirected": 0.03, "cancelled": 0.03}, count)
    decided = cases.on_day(cases.on + told.within(0, 14, count))
    for name, code, why in (
        ("declined", codes.SP_DECLINED, REFUSED),
        ("redirected", codes.SP_REDIRECTED, PASSED),
        ("cancelled", codes.SP_CANCELLED, None),
    ):
        some = decided.of(fate == told.word(name))
        detail = told.drawn(why, len(some.who)) if why else NONE
        told.tell(code, some, detail=detail, role="link_worker", source=RECORD)
    here = told.stays.here(decided.who, decided.on)
    ends, accepted = decided.on.copy(), np.flatnonzero(here & (fate == told.word("accepted")))
    told.tell(codes.SP_ACCEPTED, decided.of(accepted), role="link_worker", source=RECORD)
    ends[accepted] = _support(told, decided.of(accepted))
    return ends


def _support(told: Told, cases: Cases) -> Days:
    """Calls that reach nobody, then one to ten conversations about 17 days apart with most; returns the last days."""
    lots, count = told.lots, len(cases.who)
    by = told.by("link_worker", cases.who, cases.on)
    met = lots.random(count) < 0.86
    times = np.where(met, np.minimum(lots.geometric(0.32, count), 10), 0)
    for code, often, start, apart in (
        (codes.SP_CONTACT_TRIED, lots.geometric(0.6, count) - 1, 1, 3),
        (codes.SP_CONTACT, times, 4, 17),
    ):
        each, nth = repeated(often)
        day = cases.on[each] + start + told.within(0, 14, len(each)) + apart * nth
        columns = {name: cells[each] if np.ndim(cells) else cells for name, cells in by.items()}
        told.tell(code, cases.of(each).on_day(day), detail=told.drawn(HOW, len(each)), source=RECORD, **columns)
    first, last = cases.on_day(cases.on + 18), cases.on_day(cases.on + 22 + 17 * np.maximum(times - 1, 0))
    _wellbeing(told, first.of(met), last.of(met))
    other_scores(told, first.of(met), last.of(met))
    _groups(told, first.of(met))
    return _closing(told, last, met)


def _wellbeing(told: Told, first: Cases, last: Cases) -> None:
    """Two in three are asked before, half of those again after; the worse off rise a little less."""
    lots, count = told.lots, len(first.who)
    before = lots.random(count) < 0.65
    after = before & (lots.random(count) < 0.55) & (last.on > first.on)
    gain = 1 + 0.03 * (told.crowd.deprivation[first.who] - 5.5)
    level = lots.normal(0, 1.3, count)
    for cases, some, late in ((first, before, 0), (last, after, 1)):
        asked, sure, more = cases.of(some), level[some], late * gain[some]
        for code, middle, change in ONS4:
            score = middle + np.sign(change) * sure + more * change + lots.normal(0, 1.2, len(sure))
            told.tell(code, asked, value=np.clip(np.rint(score), 0, 10), source=RECORD)
        part = asked.number % 6 == 0
        raw = np.clip(np.rint(20 + 3 * sure + 2.5 * more + lots.normal(0, 2, len(sure))), 7, 35).astype(np.intp)
        told.tell(codes.SWEMWBS, asked.of(part), value=SWEMWBS[raw[part] - 7], source=RECORD)


def _groups(told: Told, cases: Cases) -> None:
    count, lots = len(cases.who), told.lots
    kind = told.drawn(GROUPS, count)
    heard, joined = lots.random(count) < 0.35, lots.random(count) < 0.45
    told.tell(codes.SP_SIGNPOSTED, cases.of(heard), detail=kind[heard], source=RECORD)
    told.tell(codes.SP_CONNECTED, cases.of(joined), detail=kind[joined], source=RECORD)
    went = joined & (lots.random(count) < 0.7)
    later = cases.on_day(cases.on + told.within(10, 50, count)).of(went)
    told.tell(codes.SP_ATTENDED, later, detail=kind[went], source=RECORD)
    onward(told, cases, kind, joined, went)


def _closing(told: Told, last: Cases, met: Flags) -> Days:
    """Nine in ten cases are closed, where the practice's link workers record it; some are opened once more."""
    lots, count = told.lots, len(last.who)
    ends = last.on_day(last.on + told.within(3, 60, count))
    records = told.country.closes_cases[told.crowd.practice[last.who]]
    closed = np.flatnonzero(records & (lots.random(count) < 0.9))
    reason = np.where(met, told.drawn(ENDED, count), told.word("lost"))
    told.tell(codes.SP_CLOSED, ends.of(closed), detail=reason[closed], source=RECORD)
    again = closed[lots.random(len(closed)) < 0.03]
    opened = ends.of(again).on_day(ends.on[again] + told.within(20, 200, len(again)))
    told.tell(codes.SP_REOPENED, opened, source=RECORD)
    told.tell(codes.SP_CONTACT, opened.on_day(opened.on + 5), detail="phone", source=RECORD)
    told.tell(codes.SP_CLOSED, opened.on_day(opened.on + 60), detail="done", source=RECORD)
    ends.on[again] = opened.on + 60
    return ends.on
