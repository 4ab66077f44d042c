"""What a link worker does most often, and by which presses from the desk. The page's help shows it, a browser test
counts it. A press is a click, or Enter or Space, on something that acts; typing and moving the focus are none."""

MOST = 3

COMMONEST: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Take on someone new", ("the row’s next step", "Accept: I will get in touch")),
    ("Write down a talk by phone", ("the row’s next step", "We spoke: save")),
    ("Write down a call that nobody answered", ("the row’s next step", "I tried, no answer: save")),
    ("Write down a talk in person", ("the row’s next step", "In person", "We spoke: save")),
    ("Plan the next step", ("the person’s name", "Save the next step")),
    ("Ask how they feel (ONS4)", ("the person’s name", "Record how they feel (ONS4)", "Save scores")),
    ("Plan a visit", ("the person’s name", "Plan a visit", "Save the visit")),
    ("Check in after a visit", ("I am back safe",)),
    ("Ask in supervision", ("the person’s name", "Ask in supervision", "Ask")),
    ("Close a case that is due", ("the row’s next step", "the reason", "Close case")),
)
