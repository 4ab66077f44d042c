"""Gives someone an account and a role: how the first administrator is made. Prints the link that sets the password."""

from argparse import ArgumentParser, Namespace
from datetime import date

from whatmatters.config.commands import Refused, start


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL", help="the address they sign in with")
    parser.add_argument("--name", required=True, help="the name they are known by at work")
    parser.add_argument("--role", required=True, help="for example administrator, link_worker, clinician")
    parser.add_argument("--organisation", required=True, metavar="CODE", help="where they hold it: an ODS code")
    parser.add_argument("--new-link", action="store_true", help="for someone who has lost their password: a new link")


def run(options: Namespace) -> int:
    start.django()
    from django.conf import settings  # after setup
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import transaction

    from whatmatters.access import accounts, audit, invitations
    from whatmatters.access.actors import THE_SYSTEM
    from whatmatters.access.roles import Role
    from whatmatters.organisations.models import Organisation

    try:
        validate_email(options.email)
    except ValidationError:
        raise Refused("EMAIL is not an email address: write it like sam@example.org") from None
    if not options.name.strip():
        raise Refused("--name is empty: write the name they are known by at work")
    if options.role not in Role:
        raise Refused(f"--role {options.role} is no role: choose one of {', '.join(Role)}")
    place = Organisation.objects.filter(code=options.organisation.upper()).first()
    if place is None:
        raise Refused(
            f"no organisation has the code {options.organisation}: check it, or import organisations first "
            "(./whatmatters import organisations FILE)"
        )
    with transaction.atomic():
        account = accounts.open_account(email=options.email, name=options.name.strip(), by=THE_SYSTEM)
        held = account.grants.filter(role=options.role, organisation=place, end__isnull=True).exists()
        if not held:
            accounts.grant_role(account, role=options.role, organisation=place, start=date.today(), by=THE_SYSTEM)
        if options.new_link:
            audit.record("new password link made", by=THE_SYSTEM, detail={"account": account.pk})
    print(f"{account.email}: {Role(options.role).label}, {place.name}")
    if options.new_link or not account.has_usable_password():
        host = settings.ALLOWED_HOSTS[0]
        print(f"Set the password here, once, within three days: https://{host}{invitations.path_for(account)}")
    return 0
