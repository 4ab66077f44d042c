"""The command line. Each command is a file in ``commands`` with ``arguments(parser)`` and ``run(options)``.

A command that fails in a way its user can mend raises ``Refused`` with a sentence that says what is wrong and what
to do; everything else is a defect and keeps its traceback.
"""

import argparse
import importlib
import os
import sys

from whatmatters.config.commands import Refused

COMMANDS = {
    "demo": "an invented care system to try everything in",
    "serve": "the real thing",
    "account": "give someone an account and a role",
    "import": "read published files (organisations, list sizes), directories and coded extracts",
    "export": "write the social prescribing minimum dataset or coded events to a file, by someone who may",
    "extract": "write the record's facts, without names, to a folder",
    "synthesise": "write facts of invented people, as many as you like",
    "measure": "compute every indicator",
    "compare": "compare people with a support to people like them without it",
    "results": "write what is stored, computed and published",
    "round": "reminders, escalations and letters that are due (serve and demo do it by themselves)",
    "bounced": "read what a mail server tells of letters that did not arrive",
    "audit": "check the chain of who saw and did what",
}
FILES = {"import": "import_"}  # "import" cannot be a module's name


def parser(wanted: str | None) -> argparse.ArgumentParser:
    """Only the wanted command's file is imported, so that ``measure`` never loads Django."""
    top = argparse.ArgumentParser(prog="./whatmatters", description="Personalised care, and its numbers.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        if name == wanted:
            module = importlib.import_module(f"whatmatters.config.commands.{FILES.get(name, name)}")
            module.arguments(command)
            command.set_defaults(run=module.run)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 refused, 2 misused."""
    words = sys.argv[1:] if arguments is None else arguments
    options = parser(words[0] if words else None).parse_args(words)
    try:
        code = int(options.run(options) or 0)
        sys.stdout.flush()
        return code
    except Refused as refusal:
        print(f"whatmatters {options.command}: {refusal}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # who reads what we print (head, less) has read enough; nothing is left for the last flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
