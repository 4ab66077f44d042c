"""What it costs, both ways: structured where the source is, in words otherwise."""

from datetime import date
from typing import Any

from whatmatters.directory.models import Cost, Group
from whatmatters.interop.open_referral.cleaning import Clean
from whatmatters.interop.open_referral.findings import Kind, Notes
from whatmatters.interop.open_referral.plain import line

LABELS = {cost.label: cost for cost in Cost}
DEAREST = 10_000  # pounds: an amount beyond it is no price of a group


def cost_of(service: Clean, notes: Notes) -> dict[str, Any]:
    """``cost_kind``, ``price`` in pence, and ``cost`` in words, of what is charged today."""
    given = service.get("cost_options", [])
    options = [one for at, one in enumerate(given) if _today(one, notes, f"cost_options[{at}]")]
    words = "; ".join(dict.fromkeys(filter(None, (_words(one, alone=len(options) == 1) for one in options))))
    words = words or " ".join((service.get("fees_description") or service.get("fees") or "").split())
    amounts = [one["amount"] for one in options if "amount" in one]
    price = next((round(100 * amount) for amount in amounts if amount > 0), None)
    said = next((LABELS[one["option"]] for one in options if one.get("option") in LABELS), None)
    kind = said or (Cost.PAYS if price else Cost.FREE if amounts else "")
    return {"cost_kind": kind, "price": None if kind == Cost.FREE else price, "cost": words}


def _today(option: Clean, notes: Notes, at: str) -> bool:
    first, last = option.get("valid_from", date.min), option.get("valid_to", date.max)
    if not first <= date.today() <= last:
        notes.add(at, Kind.OVER, f"{first} to {last}")
        return False
    if not 0 <= option.get("amount", 0) <= DEAREST:
        notes.add(f"{at}.amount", Kind.VALUE, option.pop("amount"))
    return True


def _words(option: Clean, *, alone: bool) -> str:
    """Without what ``cost_kind`` and ``price`` say already, where it is the only one."""
    whom, said, amount = option.get("option", ""), option.get("amount_description", ""), option.get("amount")
    if alone and (not whom or whom in LABELS):
        return " ".join(said.split())
    price = "" if amount is None else "free" if amount == 0 else f"£{amount:.2f}".removesuffix(".00")
    told = " ".join(part for part in (price, said) if part)
    return " ".join((f"{whom}: {told}" if whom and told else whom or told).split())


def cost_written(group: Group) -> dict[str, Any] | None:
    """As the profile's ``cost_option.json``, without id; None where nothing is known."""
    words, price = line(group.cost), group.price or 0
    if not group.cost_kind and not price and not words:
        return None
    kind = Cost(group.cost_kind) if group.cost_kind else Cost.PAYS if price else None
    amount = 0 if kind == Cost.FREE else price / 100 if price else None
    return {"option": kind.label if kind else None, "amount": amount, "amount_description": words}
