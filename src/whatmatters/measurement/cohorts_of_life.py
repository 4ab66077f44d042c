"""Cohorts of people at a point in life: dying, pregnant, caring, alone, or living or cared for somewhere."""

from whatmatters.events.codes import (
    ANTICIPATORY_CARE,
    ANTICIPATORY_CARE_DECLINED,
    ANTICIPATORY_CARE_ENDED,
    CARE_HOME,
    CARER,
    CHC_AT_HOME,
    CHC_AT_HOME_ENDED,
    HOUSEBOUND,
    HOUSED,
    HOUSING,
    ISOLATED,
    LIVES_ELSEWHERE,
    NOT_CARER,
    NOT_HOUSEBOUND,
    PALLIATIVE,
    PALLIATIVE_ENDED,
    PREGNANCY_ENDED,
    PREGNANT,
    SP_REFERRED,
    SP_UNMET,
)
from whatmatters.measurement.cohort import CLUSTERS, DRAFT, NETWORK, Cohort, lasting
from whatmatters.measurement.conditions import AllOf, AnyOf, EventOf, Standing, did

OF_LIFE: tuple[Cohort, ...] = (
    Cohort(
        "last-year-of-life",
        "Last 12 months of life",
        lasting(PALLIATIVE, PALLIATIVE_ENDED),
        f"{DRAFT} (DRAFT20-2); {CLUSTERS}: palliative care, PALCARE_COD with no later PALCARENI_COD",
        (
            "Nobody can know who will die within a year: these are the people on the palliative care register.",
            "The published code list holds offers and refusals too; what is imported as palliative care must leave "
            "those out, and records before 1 April 2008.",
        ),
    ),
    Cohort(
        "care-home-resident",
        "Lives in a care home",
        lasting(CARE_HOME, LIVES_ELSEWHERE),
        f"{NETWORK} (NURSHOME): the latest living status is permanent or temporary in a care home",
        ("A status stands until another is recorded; many moves are never coded.",),
    ),
    Cohort(
        "care-home-permanent",
        "Lives in a care home for good",
        Standing((EventOf(CARE_HOME, ("permanent",)),), (EventOf(CARE_HOME, ("temporary",)), EventOf(LIVES_ELSEWHERE))),
        f"{NETWORK} (LATNURSPER): the latest living status is permanent in a care home",
        ("A resident whose kind of stay is not recorded is not counted as permanent.",),
    ),
    Cohort(
        "anticipatory-care",
        "Under the anticipatory care service",
        lasting(ANTICIPATORY_CARE, ANTICIPATORY_CARE_ENDED, ANTICIPATORY_CARE_DECLINED),
        f"{DRAFT} (DRAFT20-2); {NETWORK} (NCDMI125)",
        ("Being eligible is not recorded anywhere: these are the people the service has taken on.",),
    ),
    Cohort(
        "carer",
        "Carer",
        lasting(CARER, NOT_CARER),
        "PRIMIS carer list: the latest code is a carer's",
        ("Most carers are not known to their practice.",),
    ),
    Cohort(
        "lonely-or-isolated",
        "Lonely, isolated or living alone",
        did(ISOLATED, months=12),
        "Social prescribing standard model; codes of loneliness, isolation, limited social contact, living alone",
        (
            "No code says that it has ended: ours is what was recorded in the last 12 months.",
            "Living alone is not being lonely; the codes are kept apart by detail.",
        ),
    ),
    Cohort(
        "unmet-need",
        "Asked for help and none was found",
        did(SP_UNMET, months=12),
        "Network Contract DES guidance 2022-23 (DES22-SP1): a cohort with unmet need",
        (
            "Only needs that were written down when a search, an offer or a group failed.",
            "No code says that the need was met later: ours is what was recorded in the last 12 months.",
        ),
    ),
    Cohort(
        "housing-problem",
        "Homeless or poorly housed",
        lasting(HOUSING, HOUSED),
        "Published lists of homelessness and housing codes",
    ),
    Cohort(
        "housebound",
        "Housebound",
        lasting(HOUSEBOUND, NOT_HOUSEBOUND),
        "Published lists of housebound and no longer housebound codes",
    ),
    Cohort(
        "pregnant",
        "Pregnant",
        AllOf((lasting(PREGNANT, PREGNANCY_ENDED), AnyOf((did(PREGNANT, months=10), did(PREGNANCY_ENDED))))),
        "NHS England board paper (plans-maternity)",
        (
            "A pregnancy whose end nobody recorded is taken to have ended ten months after it was last recorded.",
            "Over a year, one recorded before June whose end nobody recorded is missed.",
        ),
    ),
    Cohort(
        "continuing-care-at-home",
        "NHS continuing healthcare at home",
        lasting(CHC_AT_HOME, CHC_AT_HOME_ENDED),
        "Five-year ambition, Humber, Coast and Vale (PHB-Q6); NHS England board paper (phb-chc-default)",
    ),
    Cohort(
        "referred-to-link-worker",
        "Referred to a link worker in the period",
        did(SP_REFERRED),
        f"{DRAFT} (DRAFT20-7)",
    ),
)
