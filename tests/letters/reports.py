"""Reports as mail servers write them, in our own words."""

from whatmatters.letters.models import Letter

HEAD = """From: Mail Delivery System <mailer-daemon@mx.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 2 Nov 2026 10:00:00 +0000

Final-Recipient: rfc822; hello@shed.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--cut
Content-Type: {kind}

{returned}
--cut--
"""
RETURNED = """From: no-reply@localhost
To: hello@shed.example
Message-ID: <{mark}@localhost>
Subject: A question for your group
"""


def report(
    letter: Letter | None = None, *, action: str = "failed", status: str = "5.1.1", to: str = "no-reply@localhost",
    kind: str = "text/rfc822-headers", mark: str = "",
) -> bytes:  # fmt: skip
    mark = letter.mark.hex if letter and letter.mark else mark
    returned = RETURNED.format(mark=mark) + ("\nwords\n" if kind == "message/rfc822" else "")
    return HEAD.format(to=to, action=action, status=status, kind=kind, returned=returned).encode()


def by_envelope(letter: Letter, **facts: str) -> bytes:
    """The head of our letter is not in it: only the address it came back to says which."""
    assert letter.mark
    return report(to=f"bounces+{letter.mark.hex}@localhost", mark="x", **facts)
