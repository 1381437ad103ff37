"""Tries to sign in: each is written down before its password is looked at, so that many at once count as many."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.database import rows, run
from gatehouse.platform.models import SignInTry
from gatehouse.platform.throttle import FORGOTTEN_AFTER, wait_after


@transaction.atomic
def sign_in_try(*, clock: Clock, username: str) -> None:
    """Count a try of this name, whether there is such an account or not. Raises `RefusedError` where it comes too soon
    after others: it is not counted then, and its password is not looked at.
    """
    digest, now = name_digest(username), clock.now()
    # One try of a name after the other: each has to see those before it.
    run("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (digest,))
    SignInTry.objects.filter(at__lt=now - FORGOTTEN_AFTER).delete()
    [(tries, last)] = rows("SELECT count(*), max(at) FROM platform_signintry WHERE name_digest = %s", (digest,))
    if tries and now < last + wait_after(tries):
        minutes = -(-(last + wait_after(tries) - now) // timedelta(minutes=1))
        raise RefusedError(
            "This name was tried too often. Try again in %(minutes)d min, or ask the operator to unlock it.",
            minutes=minutes,
        )
    SignInTry.objects.create(name_digest=digest, at=now)


def sign_in_unlock(*, username: str) -> int:
    """Hold nothing against this name any more, after a success or by an operator; gives how many tries there were."""
    tries, _ = SignInTry.objects.filter(name_digest=name_digest(username)).delete()
    return tries


def name_digest(username: str) -> str:
    """What stands for a name that was typed, as long as the installation's key stays."""
    return salted_hmac("gatehouse.sign_in", username.strip().casefold(), algorithm="sha256").hexdigest()
