"""How an error is written to the log: what kind it is and where it happened, never its own words.

An exception quotes what it met: PostgreSQL's says ``Key (nhs_number)=(...) already exists``. A log is read, shipped
and kept by people who have no business knowing that. Nor has a log the word of a private link that still works.
"""

import logging
import re
import traceback
from typing import Any

WORD = re.compile(r"[\w-]{37,}", re.ASCII)  # those of our links and Django's tokens; ids of rows are shorter


class WithoutWords(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # logging's own name
        return WORD.sub("…", super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # logging's own name
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            kind = type(error)
            lines.append("".join(traceback.format_tb(error.__traceback__)) + f"{kind.__module__}.{kind.__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\nfollowing on\n".join(lines)
