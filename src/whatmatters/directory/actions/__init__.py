"""How an entry of the directory comes to be, is changed and is kept true. Besides imports nothing else writes one."""

from whatmatters.directory.actions.capacity import replied, set_capacity
from whatmatters.directory.actions.entries import add, change, verify

__all__ = ["add", "change", "replied", "set_capacity", "verify"]
