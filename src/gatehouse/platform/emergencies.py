"""Break-glass: a permission is taken for a while when nobody is there who holds it, and somebody else judges it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError
from gatehouse.platform.database import lock_for_transaction
from gatehouse.platform.models import Emergency, EmergencyEnding, EmergencyReview, User
from gatehouse.platform.permissions import BREAKABLE, allowed, may_break

#: For how many minutes a permission may be taken.
MINUTES = (15, 30, 60, 120)
#: What is not reviewed by then is marked.
REVIEWED_WITHIN = timedelta(days=3)
LEAST_WORDS, MOST_WORDS = 10, 1000


def breakable(user: User) -> list[str]:
    """What this person may take now, in the order of the table."""
    return [name for name in BREAKABLE if may_break(user, name) and name not in user.emergency_set]


@transaction.atomic
def emergency_begin(*, clock: Clock, user: User, permission: str, minutes: int, reason: str) -> Emergency:
    """Take a permission. Raises `ForbiddenError` where it is not this person's to take; `RefusedError` for another
    length or without a reason in words; `ConflictError` where they have it.
    """
    if not may_break(user, permission):
        raise ForbiddenError("%(permission)s cannot be taken in an emergency by this person", permission=permission)
    if minutes not in MINUTES:
        raise RefusedError("an emergency lasts 15, 30, 60 or 120 minutes")
    words = _words(reason)
    lock_for_transaction(f"emergency of {user.pk}")
    now = clock.now()
    lasting = Q(ends_at__gt=now, ending=None, permission=permission)
    if Emergency.objects.filter(lasting, user=user).exists():
        raise ConflictError("it was taken before, and lasts")
    user.__dict__.pop("emergency_set", None)  # read again
    return Emergency.objects.create(
        user=user, permission=permission, reason=words, began_at=now, ends_at=now + timedelta(minutes=minutes)
    )


@transaction.atomic
def emergency_end(*, clock: Clock, user: User, emergency: UUID) -> Emergency:
    """Give it back before its time. Raises `NotFoundError` where this person has no such that lasts."""
    now = clock.now()
    lasting = Emergency.objects.select_for_update(of=("self",)).filter(pk=emergency, user=user, ends_at__gt=now)
    found = lasting.filter(ending=None).first()
    if found is None:
        raise NotFoundError("there is no such emergency that lasts")
    EmergencyEnding.objects.create(emergency=found, at=now)
    user.__dict__.pop("emergency_set", None)
    return found


@transaction.atomic
def emergency_review(
    *, clock: Clock, reviewer: User, emergency: UUID, justified: bool, finding: str
) -> EmergencyReview:
    """Judge what somebody else took, once it is over. Raises `ForbiddenError` for who may not, or who took it;
    `NotFoundError`; `RefusedError` while it lasts or without a finding in words; `ConflictError` where it was judged.
    """
    if not allowed(reviewer, "platform.review_emergencies"):
        raise ForbiddenError("this person reviews no emergencies")
    found = Emergency.objects.select_for_update(of=("self",)).filter(pk=emergency).first()
    if found is None:
        raise NotFoundError("there is no such emergency")
    if found.user_id == reviewer.pk:
        raise ForbiddenError("nobody reviews what they took themselves")
    words, now = _words(finding), clock.now()
    if found.ends_at > now and not EmergencyEnding.objects.filter(emergency=found).exists():
        raise RefusedError("it lasts yet: it is reviewed when it is over")
    if EmergencyReview.objects.filter(emergency=found).exists():
        raise ConflictError("it was reviewed before")
    return EmergencyReview.objects.create(emergency=found, by=reviewer, at=now, justified=justified, finding=words)


def emergencies_to_review(*, clock: Clock, reviewer: User) -> Sequence[Emergency]:
    """Those of others that are over and that nobody judged, the oldest first."""
    now = clock.now()
    over = Q(ends_at__lte=now) | Q(ending__isnull=False)
    found = Emergency.objects.filter(over, review=None).exclude(user=reviewer)
    return list(found.select_related("user", "ending").order_by("began_at"))


def emergencies_reviewed(*, most: int = 30) -> Sequence[Emergency]:
    """Those that were judged, the last first."""
    found = Emergency.objects.filter(review__isnull=False).select_related("user", "ending", "review__by")
    return list(found.order_by("-review__at")[:most])


def emergencies_lasting(*, clock: Clock, user: User) -> Sequence[Emergency]:
    """What this person has taken and still has."""
    now = clock.now()
    return list(user.emergencies.filter(began_at__lte=now, ends_at__gt=now, ending=None).order_by("ends_at"))


def _words(text: str) -> str:
    words = text.strip()
    if not LEAST_WORDS <= len(words) <= MOST_WORDS:
        raise RefusedError("say it in words: %(least)d to %(most)d characters", least=LEAST_WORDS, most=MOST_WORDS)
    return words
