"""The parts of a plan as its readers know them: what each is called, and which a kind of reader is shown first.

``name`` is how a part is known in the standard's field list (standard_2.0.toml) or under About Me. ``easy`` is its
heading in easy read; ``picture`` names a drawing (web/pictures). A part ``professional`` is for professionals: it is on
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
        Part("personal_contacts", "Whom to call: family and friends", "Who to call: my people", "phone"),
        Part("professional_contacts", "Whom to call: professionals", "Who to call: my team", "phone"),
        Part("participants", "Who was involved", "Who helped make this plan", "people"),
        Part("strengths", "Strengths", "What I am good at", "star"),
        Part("needs", "Needs, worries and strengths", "What we talked about", "speech"),
        Part("goals", "Goals and actions", "What I want, and who does what", "flag"),
        Part("additional", "Additional support plans", "Other plans that help me", "paper"),
        Part("legal", "Legal and treatment wishes", "My wishes about treatment", "paper"),
        Part("funding", "Who pays for care", "Who pays for my care", "paper"),
        Part("formulation", "Formulation", "What my team thinks", "paper", professional=True),
    )
}

# What stands first for whom; a night's view and an opening in an emergency show these and no more.
EMERGENCY = (
    "contingency", "legal", "personal_contacts", "professional_contacts", "communicate", "most_important", "please_do",
)  # fmt: skip
AT_HOME = (
    "most_important", "please_do", "contingency", "personal_contacts", "professional_contacts", "communicate",
    "support", "wellness", "people", "also", "legal", "goals",
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
