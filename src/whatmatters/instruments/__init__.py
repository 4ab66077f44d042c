"""Questionnaires and scores, one file each: what may be entered, what it becomes, what may be compared."""

from whatmatters.instruments import collaborate, mycaw, ons4, own_goal, pam, sdm_q9, sure, swemwbs, ucla
from whatmatters.instruments.instrument import Instrument

INSTRUMENTS: dict[str, Instrument] = {
    one.INSTRUMENT.name: one.INSTRUMENT for one in (ons4, swemwbs, ucla, mycaw, pam, own_goal)
}
"""Every instrument by name, in the order in which pages list them."""

EXPERIENCE: dict[str, Instrument] = {one.INSTRUMENT.name: one.INSTRUMENT for one in (collaborate, sdm_q9, sure)}
"""What is asked after a decision, of nobody by name: answers belong to a practice, never to a person's record."""
