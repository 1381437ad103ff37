"""The figures for Prometheus, for whoever holds the token of the setting."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from gatehouse.platform.actors import Actor
from gatehouse.platform.config import config
from gatehouse.platform.permissions import ANYONE
from gatehouse.web.clock import CLOCK
from gatehouse.web.metrics.collector import StoreCollector
from gatehouse.web.permissions import permission


@permission(ANYONE)  # no person signs in here: the token decides
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Text of the Prometheus exposition format 0.0.4; 401 without the right token, 404 where none is set.

    The address of the caller opens nothing: behind a proxy on the same machine every caller has that of the machine.
    """
    token = config().metrics_token
    if token is None:
        raise Http404
    given = request.headers.get("Authorization", "").encode()
    if not secrets.compare_digest(given, f"Bearer {token.get_secret_value()}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    registry.register(StoreCollector(clock=CLOCK, reader=Actor.system("metrics")))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
