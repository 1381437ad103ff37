"""A device proves who it is with the token that was given to it once; the centre keeps its digest alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from gatehouse.platform.actors import Actor
from gatehouse.platform.selectors import device_of


class DeviceToken(HttpBearer):
    """Lets a device through that is active and may do `permission`; the route finds its record as `request.auth`."""

    def __init__(self, permission: str) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        device = device_of(token)
        if device is None:
            return None
        Actor.device(device.name).require(self.permission)
        return device
