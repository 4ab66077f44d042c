"""One-time links by which someone sets the password of their own account. Good for three days, and until it is used.

No name is in the letter, whoever else may read that mailbox.
"""

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from whatmatters.access.models import User

SUBJECT = "Your What Matters account"
WORDS = """You have been given an account in What Matters.

Set your password here. The link works once, within three days:

{link}

If you did not expect this, ignore it: nothing happens until the link is used.
"""


def path_for(account: User) -> str:
    """The address within the site. Its token dies when the password is set or someone signs in."""
    return reverse("invitation", args=(account.pk, default_token_generator.make_token(account)))


def account_of(account: int, token: str) -> User | None:
    found = User.objects.filter(pk=account, active=True).first()
    return found if found and default_token_generator.check_token(found, token) else None
