"""How an error is written to the log: what kind it is and where it happened, never its own words.

An exception quotes what it met: PostgreSQL's says ``Key (nhs_number)=(...) already exists``. A log is read, shipped
and kept by people who have no business knowing that.
"""

import logging
import traceback
from typing import Any


class WithoutWords(logging.Formatter):
    def formatException(self, ei: Any) -> str:  # logging's own name
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            kind = type(error)
            lines.append("".join(traceback.format_tb(error.__traceback__)) + f"{kind.__module__}.{kind.__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nfollowing on\n".join(lines)
