"""What is known of people's health and lives: conditions, frailty, homes, caring, loneliness, pregnancy."""

import numpy as np

from whatmatters.events import codes
from whatmatters.measurement.synthesis.arrays import NEVER, YEAR, Days, Flags, Index, Numbers
from whatmatters.measurement.synthesis.england import ILLNESS
from whatmatters.measurement.synthesis.told import Told

LASTING = ("depression", "asthma")  # the ones that come to be recorded as resolved most
WHERE_PAIN = {"back": 0.4, "hip": 0.15, "knee": 0.3, "shoulder": 0.15}
ALONE = {"lonely": 0.3, "isolated": 0.2, "living alone": 0.5}


def conditions(told: Told) -> Index:
    """Tells conditions and their ends; the number of each person's."""
    crowd, lots = told.crowd, told.lots
    age = np.clip(crowd.age, 0, 110).astype(np.intp)
    ill = crowd.illness.astype(np.float32)
    many = np.zeros(len(crowd), np.intp)
    for name, (most, middle, spread) in ILLNESS.items():
        curve = (most / (1 + np.exp((middle - np.arange(111)) / spread))).astype(np.float32)
        who = np.flatnonzero(lots.random(len(crowd), dtype=np.float32) < curve[age] * ill)
        many[who] += name not in ("autism", "learning-disability")
        on = _recorded(told, who, 9)
        told.add(codes.CONDITION, who, on, detail=name)
        ends = lots.random(len(who)) < (0.25 if name in LASTING else 0.01)
        told.add(codes.CONDITION_RESOLVED, who[ends], on[ends] + told.within(200, 2500, int(ends.sum())), detail=name)
    return many


def _recorded(told: Told, who: Index, years: float) -> Days:
    """When what people have was recorded: mostly long ago, never before they came to a list."""
    on: Days = told.country.years.until - told.lots.exponential(years * YEAR, len(who)).astype(np.int32)
    on = np.maximum(on, told.stays.enter[who] + told.within(0, 60, len(who)))
    return on


def pain(told: Told) -> None:
    crowd = told.crowd
    who = told.chosen(0.16 * crowd.illness / (1 + np.exp((45 - crowd.age) / 12)))
    told.add(codes.PAIN, who, told.day(len(who)), detail=told.drawn(WHERE_PAIN, len(who)))


def frailty(told: Told) -> None:
    crowd, lots = told.crowd, told.lots
    who, on = told.starts(np.where(crowd.age > 62, 0.5, 0) * np.minimum(1, crowd.illness))
    deficits = np.clip(lots.normal(2 + (crowd.age[who] - 65) / 4, 2.5) * crowd.illness[who], 0, 30).astype(np.intp)
    told.add(codes.FRAILTY_INDEX, who, on, value=np.round(deficits / 36, 3))
    grade = np.searchsorted([4.32, 8.64, 12.96], deficits)  # 0.12, 0.24 and 0.36 of 36 deficits
    names = np.array([told.word(name) for name in ("", "mild", "moderate", "severe")])
    seen = (grade > 0) & (lots.random(len(who)) < 0.55)
    told.add(codes.FRAILTY, who[seen], on[seen] + told.within(0, 90, int(seen.sum())), detail=names[grade[seen]])
    worse = seen & (grade < 3) & (lots.random(len(who)) < 0.2)
    later = on[worse] + told.within(200, 900, int(worse.sum()))
    told.add(codes.FRAILTY, who[worse], later, detail=names[grade[worse] + 1])


def care_homes(told: Told) -> Flags:
    """Who came to live in a care home in these years, and some who left one again."""
    crowd, lots = told.crowd, told.lots
    who = told.chosen(np.where(crowd.age > 60, 0.004 * np.exp((crowd.age - 65) / 8.5), 0.0004))
    on = _recorded(told, who, 2.5)
    temporary = lots.random(len(who)) < 0.2
    told.add(codes.CARE_HOME, who[~temporary], on[~temporary], detail="permanent")
    told.add(codes.CARE_HOME, who[temporary], on[temporary], detail="temporary")
    stays, count = temporary & (lots.random(len(who)) < 0.3), int(temporary.sum())
    told.add(codes.CARE_HOME, who[stays], on[stays] + told.within(30, 120, int(stays.sum())), detail="permanent")
    home = temporary & ~stays
    told.add(codes.LIVES_ELSEWHERE, who[home], on[home] + told.within(14, 90, count)[: int(home.sum())])
    refuses = lots.random(len(who)) < 0.02
    told.add(codes.CARE_HOME_PRACTICE_DECLINED, who[refuses], on[refuses] + 7)
    _in_homes(told, who[~home], on[~home])
    there = np.zeros(len(crowd), np.bool_)
    there[who[~home]] = True
    return there


def _in_homes(told: Told, who: Index, on: Days) -> None:
    """The weekly round (each resident seen about every two months), team meetings, and where they wish to die."""
    since = np.maximum(on, told.country.years.since)
    span = np.minimum(np.minimum(told.stays.leave[who], told.crowd.died[who]), told.country.years.until) - since
    for code, days, role in ((codes.HOME_ROUND, 60, "clinician"), (codes.TEAM_MEETING, 400, "care_coordinator")):
        times = told.lots.poisson(np.maximum(span, 0) / days * told.country.eager["care"][told.crowd.practice[who]])
        each = np.repeat(np.arange(len(who)), np.minimum(times, 60))
        when = since[each] + told.lots.random(len(each)) * span[each]
        told.add(code, who[each], when, role=role)
    asked = told.lots.random(len(who)) < 0.4
    told.add(codes.PREFERRED_PLACE, who[asked], on[asked] + told.within(5, 200, int(asked.sum())))


def end_of_life(told: Told) -> Flags:
    """The palliative care register: half of the dying for some months, and some who live on."""
    crowd, lots = told.crowd, told.lots
    dies = crowd.died < NEVER
    who = told.chosen(np.where(dies, 0.5 * told.country.eager["care"][crowd.practice].clip(0, 1.6), 0))
    on = np.maximum(crowd.died[who] - told.within(10, 400, len(who)), told.stays.enter[who])
    told.add(codes.PALLIATIVE, who, on)
    asked = lots.random(len(who)) < 0.5
    told.add(codes.PREFERRED_PLACE, who[asked], on[asked] + told.within(0, 60, int(asked.sum())))
    lives = told.chosen(np.where(~dies & (crowd.age > 60), 0.004, 0))
    began = told.day(len(lives))
    told.add(codes.PALLIATIVE, lives, began)
    ended = lots.random(len(lives)) < 0.5
    told.add(codes.PALLIATIVE_ENDED, lives[ended], began[ended] + told.within(100, 700, int(ended.sum())))
    found = np.zeros(len(crowd), np.bool_)
    found[who] = found[lives] = True
    return found


def lives(told: Told) -> Flags:
    """Carers, loneliness, housing, being housebound, anticipatory care, pregnancy. Returns who is alone or caring."""
    crowd = told.crowd
    poor = np.exp(0.12 * (5.5 - crowd.deprivation))
    adult, old = crowd.age > 18, crowd.age > 70
    carers = _standing(told, codes.CARER, codes.NOT_CARER, np.where(adult, 0.03, 0.001), 0.15)
    _standing(told, codes.HOUSING, codes.HOUSED, np.where(adult, 0.006, 0) * poor, 0.5)
    _standing(told, codes.HOUSEBOUND, codes.NOT_HOUSEBOUND, np.where(old, 0.07, 0.002) * crowd.illness, 0.15)
    eager = told.country.eager["care"][crowd.practice]
    cared = _standing(
        told, codes.ANTICIPATORY_CARE, codes.ANTICIPATORY_CARE_ENDED, np.where(old, 0.06, 0.002) * eager, 0.3
    )
    declines = cared[told.lots.random(len(cared)) < 0.1]
    told.add(codes.ANTICIPATORY_CARE_DECLINED, declines, told.day(len(declines)))
    alone = told.chosen(np.where(old, 0.09, np.where(adult, 0.025, 0.001)) * poor)
    told.add(codes.ISOLATED, alone, told.day(len(alone)), detail=told.drawn(ALONE, len(alone)))
    found = np.zeros(len(crowd), np.bool_)
    found[carers] = found[alone] = True
    return found


def _standing(told: Told, on_code: str, off_code: str, chance: Numbers, ends: float) -> Index:
    """A state with its end, where it comes to one."""
    who = told.chosen(chance)
    on = _recorded(told, who, 5)
    told.add(on_code, who, on)
    over = told.lots.random(len(who)) < ends
    told.add(off_code, who[over], on[over] + told.within(60, 1500, int(over.sum())))
    return who


def pregnancies(told: Told) -> tuple[Index, Days]:
    """Women of 16 to 44 on the day, each one pregnancy in these years. Nine in ten ends are recorded."""
    crowd = told.crowd
    who, on = told.starts(np.where(crowd.women & (crowd.age > 14) & (crowd.age < 47), 0.22, 0))
    age = crowd.age_on(who, on)
    fits = (age >= 16) & (age < 45) & (told.lots.random(len(who)) < 1.1 - np.abs(age - 30) / 16)
    who, on = who[fits], on[fits]
    told.add(codes.PREGNANT, who, on)
    recorded = told.lots.random(len(who)) < 0.9
    told.add(codes.PREGNANCY_ENDED, who[recorded], on[recorded] + told.within(120, 230, int(recorded.sum())))
    return who, on
