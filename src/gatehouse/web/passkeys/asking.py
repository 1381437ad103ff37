"""What a browser is asked, and what it answers: the question is kept in the session and is good for one answer."""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest

from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.models import Passkey, User
from gatehouse.platform.passkeys import Asked, Site, passkey_use
from gatehouse.platform.sign_in import sign_in_try, sign_in_unlock
from gatehouse.web.clock import CLOCK

#: Long enough to find the key in a bag.
GOOD_FOR_SECONDS = 5 * 60


def site_of(request: HttpRequest) -> Site:
    """The host that this request is for: one of those that the settings name, which Django has seen to."""
    return Site(request.get_host().partition(":")[0], f"{request.scheme}://{request.get_host()}")


def keep(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Keep the question of what a browser is asked with, and give the latter."""
    options, state = asked
    request.session["passkey_asked"] = {"state": state, "at": int(time.time())}
    return options


def question(request: HttpRequest) -> dict[str, Any]:
    """The question that waits for its answer, taken out of the session. Raises `RefusedError` where none does."""
    kept = request.session.pop("passkey_asked", None)
    if kept is None or time.time() - kept["at"] > GOOD_FOR_SECONDS:
        raise RefusedError("It took too long: try again.")
    return dict(kept["state"])


def prove(request: HttpRequest, passkey: Passkey | None, answer: str, *, user: User | None = None) -> User:
    """The person whose passkey answered; a try counts like one by password. Raises `RefusedError`, the same for a
    passkey that nobody has, that is somebody else's than `user`'s, and for one of a closed account.
    """
    state = question(request)
    if passkey is None or not passkey.user.is_active or (user is not None and passkey.user_id != user.pk):
        raise RefusedError("This passkey opens no account here, or the account is closed.")
    owner = passkey.user
    sign_in_try(clock=CLOCK, username=owner.get_username())
    passkey_use(clock=CLOCK, site=site_of(request), passkey=passkey, state=state, answer=answer)
    sign_in_unlock(username=owner.get_username())
    return owner
