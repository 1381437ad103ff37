"""Who is told of what, as the profile has it: `monitoring/notices.yaml`."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, model_validator

from gatehouse.monitoring.domain.assets import AssetClass
from gatehouse.monitoring.domain.notices import Channel, Occasion
from gatehouse.platform.profile import Row, profile

_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
#: Without a name before the host: `http://localhost:80@elsewhere.example/` is elsewhere, and not encrypted.
_WEBHOOK = re.compile(r"(https://[A-Za-z0-9.-]+|http://(127\.0\.0\.1|localhost))(:\d{1,5})?(/\S*)?")


class Recipient(Row):
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
    channel: Channel
    #: A mail address, or the address of a webhook; nothing for the log.
    address: str = ""
    source: str

    @model_validator(mode="after")
    def _can_be_reached(self) -> Recipient:
        wanted = {Channel.MAIL: _MAIL, Channel.WEBHOOK: _WEBHOOK}.get(self.channel)
        if wanted is not None and not wanted.fullmatch(self.address):
            message = f"{self.name} needs the address of a {self.channel.value}; a webhook's begins with https://"
            raise ValueError(message)
        return self


class Route(Row):
    """Incidents whose cause is of these classes and sites (all where none is named) are told to a recipient."""

    to: str
    asset_classes: frozenset[AssetClass] = frozenset()
    sites: frozenset[str] = frozenset()
    occasions: frozenset[Occasion] = Field(min_length=1)
    #: For what nobody acknowledged: after how long.
    after_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    source: str

    def concerns(self, asset_class: str, site: str) -> bool:
        return (not self.asset_classes or AssetClass(asset_class) in self.asset_classes) and (
            not self.sites or site in self.sites
        )


class TellingPlan(Row):
    recipients: tuple[Recipient, ...]
    routes: tuple[Route, ...]

    @model_validator(mode="after")
    def _known(self) -> TellingPlan:
        names = [each.name for each in self.recipients]
        if len(names) != len(set(names)):
            raise ValueError("two recipients have the same name")
        if unknown := {route.to for route in self.routes} - set(names):
            message = f"no recipient {', '.join(sorted(unknown))}"
            raise ValueError(message)
        return self

    def recipient(self, name: str) -> Recipient:
        return next(each for each in self.recipients if each.name == name)


def telling_plan() -> TellingPlan:
    """Of the profile in use. Raises `UnreadableError` with the place that is wrong."""
    return profile().read("monitoring/notices.yaml", TellingPlan)
