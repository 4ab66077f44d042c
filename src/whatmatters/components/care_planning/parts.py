"""The parts of a plan as its readers know them: what each is called, and which a kind of reader is shown first.

``name`` is that of the standard's section (``standard.sections()``), or a heading of About Me. ``easy`` is its heading
in easy read; ``picture`` names a drawing (pictures.jinja). A part ``professional`` is for professionals: it is on
no page and no paper of carers and community groups, whatever was ticked.
"""

from dataclasses import dataclass

from whatmatters.components.care_planning.about_me import HEADINGS
from whatmatters.components.care_planning.models.plan import Share

Kind = Share.Kind


@dataclass(frozen=True)
class Part:
    name: str
    title: str
    easy: str
    picture: str
    professional: bool = False


_EASY = {
    "most_important": ("What matters most to me", "heart"),
    "people": ("People I care about", "people"),
    "communicate": ("How to talk with me", "speech"),
    "wellness": ("How I feel", "sun"),
    "please_do": ("Please do, and please do not", "hand"),
    "support": ("How to help me", "hands"),
    "also": ("More about me", "person"),
}
PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        *(Part(heading.name, heading.title, *_EASY[heading.name]) for heading in HEADINGS),
        Part("contingency", "If something happens: contingency and safety", "If things go wrong", "warning"),
        Part("legal", "Who may decide, and what was set down in law", "Who can decide for me", "paper"),
        Part("personal_contacts", "Family, friends, and whom they chose to involve", "My family and friends", "phone"),
        Part("professional_contacts", "The professionals who help", "The people whose job is to help me", "phone"),
        Part("strengths", "Strengths", "What I am good at", "star"),
        Part("needs", "Needs and worries", "What is hard for me", "speech"),
        Part("goals", "Goals and actions", "What I want, and who does what", "flag"),
        Part("support_plans", "Other plans that support this one", "Other plans", "paper"),
        Part("funding", "Who pays for the care", "Who pays for my care", "paper"),
        Part("plan_details", "Other documents, and where the plan was made", "More about this plan", "paper"),
        Part("maternity", "Pregnancy, birth and the weeks after", "Having my baby", "heart"),
        Part("caring", "Caring for someone", "The person I look after", "hands"),
        Part("advance_care", "The last part of life", "The end of my life", "heart"),
        Part("practice_details", "The person’s own GP", "My doctor", "phone"),
        Part("person_details", "More about who they are", "More about who I am", "person"),
        Part("formulation", "Formulation", "Why things are hard", "paper", professional=True),
    )
}

# What stands first for whom; a night's view and an opening in an emergency show these and no more.
EMERGENCY = (
    "contingency", "legal", "advance_care", "personal_contacts", "professional_contacts", "communicate",
    "most_important", "please_do",
)  # fmt: skip
AT_HOME = (
    "most_important", "please_do", "contingency", "personal_contacts", "professional_contacts", "communicate",
    "support", "wellness", "people", "also", "legal", "advance_care",
    "goals",
)  # fmt: skip
FIRST: dict[str, tuple[str, ...]] = {
    Kind.CARE_HOME: AT_HOME, Kind.OUT_OF_HOURS: EMERGENCY, Kind.HOSPITAL: EMERGENCY,
}  # fmt: skip

# From whom a person may keep a part. Not from the practice and its team, who write the plan with them.
READERS = (
    Kind.CARER, Kind.CARE_HOME, Kind.COMMUNITY_HEALTH, Kind.HOSPITAL, Kind.OUT_OF_HOURS, Kind.SOCIAL_CARE,
    Kind.COMMUNITY_GROUP,
)  # fmt: skip
PROFESSIONALS = frozenset({
    Kind.PRACTICE, Kind.COMMUNITY_HEALTH, Kind.HOSPITAL, Kind.OUT_OF_HOURS, Kind.SOCIAL_CARE, Kind.CARE_HOME,
})  # fmt: skip
