"""A device proves who it is with its token, whose digest alone is kept, and its certificate where that is asked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from gatehouse.edge.client_certificate import require_shown
from gatehouse.platform.actors import Actor
from gatehouse.platform.selectors import device_of


class DeviceToken(HttpBearer):
    """Lets a device through that is active and may do `permission`; the route finds its record as `request.auth`.

    `enrolling`: the route sees to the certificate by itself, as a device that has none yet asks for one there.
    """

    def __init__(self, permission: str, *, enrolling: bool = False) -> None:
        super().__init__()
        self.permission = permission
        self.enrolling = enrolling

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        device = device_of(token)
        if device is None:
            return None
        Actor.device(device.name).require(self.permission)
        if not self.enrolling:
            require_shown(request, device)
        return device
