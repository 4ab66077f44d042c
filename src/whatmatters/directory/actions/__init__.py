"""How an entry of the directory comes to be, is changed and is kept true. Besides imports nothing else writes one."""

from whatmatters.directory.actions.capacity import replied, set_capacity
from whatmatters.directory.actions.checking import letter_returned, round_of_letters, write_again
from whatmatters.directory.actions.entries import add, change, verify
from whatmatters.directory.actions.keeping import TooMany, checked, decide, report, settle
from whatmatters.directory.actions.links import good, link_of, send_link
from whatmatters.directory.actions.own_entry import HELD, LinkOver, confirm, correct

__all__ = [
    "HELD", "LinkOver", "TooMany", "add", "change", "checked", "confirm", "correct", "decide", "good",
    "letter_returned", "link_of", "replied", "report", "round_of_letters", "send_link", "set_capacity", "settle",
    "verify", "write_again",
]  # fmt: skip
