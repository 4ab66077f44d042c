"""Who works where: appointments and their ends. Link workers per head are counted from posts."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from whatmatters.access import audit
from whatmatters.access.actors import Actor
from whatmatters.access.models import User
from whatmatters.organisations.models import Organisation
from whatmatters.workforce.models import Post, Worker


@transaction.atomic
def take_on(
    *, name: str, profession: str = "", registration: str = "", account: User | None = None, by: Actor
) -> Worker:
    """Someone new to the team; the account, where they have one, makes what they do theirs."""
    worker = Worker.objects.create(
        name=name, profession=profession, registration=registration.strip().upper(), account=account
    )
    audit.record("worker taken on", by=by, detail={"worker": worker.pk})
    return worker


@transaction.atomic
def appoint(
    worker: Worker, *, role: str, organisation: Organisation, wte: Decimal, start: date, end: date | None = None,
    employer: str = "", by: Actor,
) -> Post:  # fmt: skip
    """A post from ``start`` (in) to ``end`` (out). ``wte``: whole-time equivalents, above 0 and at most 1.5."""
    post = Post.objects.create(
        worker=worker, role=role, organisation=organisation, wte=wte, start=start, end=end, employer=employer
    )
    audit.record("worker appointed", by=by, detail=_told(post))
    return post


@transaction.atomic
def end_post(post: Post, *, on: date, by: Actor) -> None:
    """``on`` is the first day without the post. Raises ValueError before its first day."""
    if on < post.start:
        raise ValueError("A post cannot end before it began")
    post.end = on
    post.save(update_fields=["end"])
    audit.record("post ended", by=by, detail=_told(post))


def _told(post: Post) -> dict[str, object]:
    end = post.end.isoformat() if post.end else None
    return {
        "worker": post.worker_id, "post": post.pk, "role": post.role, "at": post.organisation.code,
        "from": post.start.isoformat(), "until": end,
    }  # fmt: skip
