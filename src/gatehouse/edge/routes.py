"""The routes of the machine API. An answer is sent after the commit: what was acknowledged is never lost."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI, Router, Status

from gatehouse import __version__
from gatehouse.audit.api import leaf_append
from gatehouse.border.api import CrossingFacts, CrossingKey, crossing_record, device_events_take
from gatehouse.device.ledger import Event
from gatehouse.edge import errors
from gatehouse.edge.authentication import DeviceToken
from gatehouse.edge.client_certificate import shown
from gatehouse.edge.schemas import (
    CertificateIn,
    CertificateOut,
    CrossingIn,
    CrossingOut,
    ErrorOut,
    EventIn,
    EventsIn,
    EventsOut,
    TelemetryIn,
    TelemetryOut,
)
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import ForbiddenError, RefusedError
from gatehouse.monitoring.api import Telling, telemetry_take
from gatehouse.platform.actors import Actor
from gatehouse.platform.config import DeviceTls, config
from gatehouse.platform.device_certificates import device_certificate_issue
from gatehouse.platform.permissions import DEVICE
from gatehouse.platform.trust import trusted

crossings = Router(tags=["crossings"])
events = Router(tags=["events"])
telemetry = Router(tags=["telemetry"])
certificates = Router(tags=["certificates"])


@crossings.post(
    "",
    auth=DeviceToken("border.record_crossing"),
    response={200: CrossingOut, 201: CrossingOut, frozenset({400, 401, 403, 409, 422}): ErrorOut},
    summary="Record one passage, once",
    operation_id="crossing_record",
)
def record(request: HttpRequest, passage: CrossingIn) -> Status[dict[str, Any]]:
    """Send a passage until it is acknowledged: lane, boot epoch and sequence name it, and it is recorded once."""
    device = request.auth  # type: ignore[attr-defined]
    if (passage.lane, passage.port) != (device.name, device.port):
        raise ForbiddenError("%(device)s speaks for itself and for its port alone", device=device.name)
    facts = passage.dict()
    key = CrossingKey(*(facts.pop(name) for name in ("lane", "boot_epoch", "sequence")))
    actor = Actor.device(device.name)
    recorded = crossing_record(clock=SystemClock(), device=actor, key=key, crossing=CrossingFacts(**facts))
    return Status(201 if recorded.created else 200, {"id": recorded.id, "created": recorded.created})


@events.post(
    "",
    auth=DeviceToken("border.deliver_events"),
    response={200: EventsOut, frozenset({400, 401, 403, 422, 503}): ErrorOut},
    summary="Deliver a batch of a device's ledger",
    operation_id="events_deliver",
)
def deliver(request: HttpRequest, batch: EventsIn) -> Status[dict[str, Any]]:
    """Send a batch until it is acknowledged: each event is recorded once, known by its hash.

    An event that cannot be recorded is set aside with its reason, and what follows goes on.
    """
    device = request.auth  # type: ignore[attr-defined]
    if batch.device != device.name:
        raise ForbiddenError("%(device)s speaks for itself and for its port alone", device=device.name)
    taken = device_events_take(
        clock=SystemClock(),
        device=Actor.device(device.name),
        port=device.port,
        events=[_event(device.name, each) for each in batch.events],
        oldest=batch.oldest,
        newest=batch.newest,
        waiting_since=batch.waiting_since,
        sent_at=batch.sent_at,
        trusted=trusted(),
    )
    return Status(200, {"acknowledged": taken.acknowledged, "missing": taken.missing})


@telemetry.post(
    "",
    auth=DeviceToken("monitoring.observe"),
    response={200: TelemetryOut, frozenset({400, 401, 403, 422}): ErrorOut},
    summary="Tell how a device is",
    operation_id="telemetry_take",
)
def tell(request: HttpRequest, batch: TelemetryIn) -> Status[dict[str, Any]]:
    """Send records until they are acknowledged, also late: each is taken once, known by its id."""
    device = request.auth  # type: ignore[attr-defined]
    if batch.device != device.name:
        raise ForbiddenError("%(device)s speaks for itself and for its port alone", device=device.name)
    taken = telemetry_take(
        clock=SystemClock(),
        actor=Actor.device(device.name),
        device=device.name,
        sent_at=batch.sent_at,
        told=[Telling(**each.dict()) for each in batch.records],
    )
    return Status(200, {"taken": taken})


@certificates.post(
    "",
    auth=DeviceToken("platform.renew_certificate", enrolling=True),
    response={200: CertificateOut, frozenset({400, 401, 403, 422}): ErrorOut},
    summary="Have a device's own key signed",
    operation_id="certificate_issue",
)
def certify(request: HttpRequest, wanted: CertificateIn) -> Status[dict[str, Any]]:
    """The first certificate after a registration is for the token; each further one asks for the present one."""
    device = request.auth  # type: ignore[attr-defined]
    if wanted.device != device.name:
        raise ForbiddenError("%(device)s speaks for itself and for its port alone", device=device.name)
    if config().device_tls is not DeviceTls.REQUIRED:
        raise RefusedError("this centre asks devices for no certificates")
    clock = SystemClock()
    with transaction.atomic():
        record, pem = device_certificate_issue(clock=clock, device=device, request=wanted.request, shown=shown(request))
        leaf_append(
            clock=clock,
            actor=str(Actor.device(device.name)),
            action="platform.device_certificate",
            site=device.port,
            detail={"device": device.name, "serial": record.serial, "ends_at": record.ends_at.isoformat()},
        )
    return Status(200, {"certificate": pem, "ends_at": record.ends_at})


def _event(device: str, given: EventIn) -> Event:
    digest = hashlib.sha256(given.body.encode("utf-8", "replace")).hexdigest()
    return Event(device=device, body_digest=digest, **given.dict())


api = NinjaAPI(
    title="Gatehouse edge",
    version=__version__,
    description="What lanes, desks and handhelds say to the centre.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="edge",
)
api.add_router("/v1/crossings", crossings)
api.add_router("/v1/events", events)
api.add_router("/v1/telemetry", telemetry)
api.add_router("/v1/certificates", certificates)
errors.install(api)


def _urls() -> list[URLPattern | URLResolver]:
    """The routes, each marked as a device's: the middleware of the screens asks no session of them."""
    patterns: list[URLPattern | URLResolver] = list(api.urls[0])
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback.permission = DEVICE  # type: ignore[attr-defined]
    return patterns


urlpatterns = _urls()
