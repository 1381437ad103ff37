"""The agent at the officer's desk: where the page finds it, and the ticket by which the two know each other.

What the agent reads comes back through the form of the console, as a document by hand does; see `forms`.
"""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from gatehouse.device.desk_ticket import desk_key, desk_name, issue
from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.actors import Actor
from gatehouse.platform.config import config
from gatehouse.platform.models import Device
from gatehouse.platform.selectors import device_named
from gatehouse.web.clock import CLOCK
from gatehouse.web.middleware import CONTENT_SECURITY_POLICY
from gatehouse.web.permissions import permission
from gatehouse.web.shift.session import Shift, shift_of

_LONGEST = 512


def desk_of(shift: Shift) -> Device | None:
    """The registered desk where this shift is worked; None where it has no agent."""
    return device_named(desk_name(shift.port, shift.lane), shift.port)


def agent_address() -> str:
    """Where a page finds the agent: on the machine that the browser runs on."""
    return f"ws://127.0.0.1:{config().agent_port}"


def let_agent(response: HttpResponse) -> HttpResponse:
    """Let this page, and no other, speak to the agent of its own machine, and to nothing else there."""
    own = "connect-src 'self'"
    policy = CONTENT_SECURITY_POLICY.replace(own, f"{own} {agent_address()}")
    response.headers["Content-Security-Policy"] = policy
    return response


@permission("border.inspect")
@require_POST
def ticket(request: HttpRequest) -> HttpResponse:
    """The answer to an agent's challenge, for whoever is signed in and works at its desk."""
    shift = shift_of(request)
    desk = desk_of(shift) if shift else None
    if desk is None:
        return JsonResponse({"error": "this desk has no agent"}, status=404)
    try:
        issued = issue(
            desk_key(desk.token_digest),
            desk=desk.name,
            challenge=_challenge(request),
            origin=f"{request.scheme}://{request.get_host()}",
            port=config().agent_port,
            officer=str(Actor.of(request.user)),  # type: ignore[arg-type]
            now=CLOCK.now(),
        )
    except UnreadableError as error:
        return JsonResponse({"error": str(error)}, status=422)
    return JsonResponse({"ticket": issued.ticket, "proof": issued.proof})


def _challenge(request: HttpRequest) -> str:
    if int(request.META.get("CONTENT_LENGTH") or 0) > _LONGEST:
        raise UnreadableError("this is no challenge of a desk's agent")
    try:
        sent = json.loads(request.body)
    except ValueError as error:
        raise UnreadableError("this is no challenge of a desk's agent") from error
    challenge = sent.get("challenge") if isinstance(sent, dict) else None
    if not isinstance(challenge, str):
        raise UnreadableError("this is no challenge of a desk's agent")
    return challenge
