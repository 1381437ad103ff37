"""The words of equipment and of its states, as the screens say them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gatehouse.monitoring.api import AssetClass, Channel, Occasion, State, StepKind
from gatehouse.web.words import Status

if TYPE_CHECKING:
    from gatehouse.web.words import Word

#: In the order of their gravity.
STATES = {
    State.DOWN: Status(pgettext_lazy("device", "down"), "✕", "red"),
    State.UNKNOWN: Status(pgettext_lazy("device", "unknown"), "?", "slate"),
    State.DEGRADED: Status(pgettext_lazy("device", "degraded"), "!", "amber"),
    State.PLANNED: Status(pgettext_lazy("device", "planned work"), "⊘", "grey"),
    State.OUT_OF_SERVICE_HOURS: Status(pgettext_lazy("device", "out of hours"), "☾", "grey"),
    State.NOT_COMMISSIONED: Status(pgettext_lazy("device", "not commissioned"), "–", "grey"),
    State.UP: Status(pgettext_lazy("device", "up"), "✓", "green"),
}
REACHED = {True: Status(_("reached"), "✓", "green"), False: Status(_("not reached"), "✕", "red")}
STEPS: dict[StepKind, Word] = {
    StepKind.OPENED: pgettext_lazy("incident", "opened"),
    StepKind.ACKNOWLEDGED: pgettext_lazy("incident", "acknowledged"),
    StepKind.NOTE: pgettext_lazy("incident", "note"),
    StepKind.CAUSE_FOUND: pgettext_lazy("incident", "cause found"),
    StepKind.REPAIR: pgettext_lazy("incident", "repair"),
    StepKind.RESOLVED: pgettext_lazy("incident", "resolved"),
    StepKind.MERGED: pgettext_lazy("incident", "explained by another"),
    StepKind.REVIEWED: pgettext_lazy("incident", "review"),
}
OCCASIONS: dict[Occasion, Word] = {
    Occasion.OPENED: pgettext_lazy("notice", "it began"),
    Occasion.UNACKNOWLEDGED: pgettext_lazy("notice", "nobody took care of it"),
    Occasion.RESOLVED: pgettext_lazy("notice", "it is over"),
}
CHANNELS: dict[Channel, Word] = {
    Channel.LOG: pgettext_lazy("channel", "log of the program"),
    Channel.MAIL: pgettext_lazy("channel", "mail"),
    Channel.WEBHOOK: pgettext_lazy("channel", "webhook"),
}
CLASSES: dict[AssetClass, Word] = {
    AssetClass.HALL: _("hall"),
    AssetClass.E_GATE: _("e-Gates"),
    AssetClass.WORKSTATION: _("inspection workstations"),
    AssetClass.MOBILE_WORKSTATION: _("mobile workstations"),
    AssetClass.SWITCH: _("switches"),
    AssetClass.POWER_STRIP: _("power strips"),
    AssetClass.FIBRE_LINK: _("fibre links"),
    AssetClass.SERVER: _("servers"),
    AssetClass.LICENCE: _("licences"),
    AssetClass.SECURITY_PLATFORM: _("security platform"),
}


def percent(ratio: Fraction | None) -> str:
    """In percent with two digits, cut off and never rounded up: 99.999 % is not all of the time. "–" for nothing."""
    if ratio is None:
        return "–"
    whole, rest = divmod(int(ratio * 10_000), 100)
    return f"{whole}.{rest:02d} %"
