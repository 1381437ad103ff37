"""What every screen shows around its own matter: the rooms this person may enter, the shift, the clock, the theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gatehouse.platform.config import Mode, config
from gatehouse.platform.emergencies import emergencies_lasting
from gatehouse.platform.models import User
from gatehouse.platform.permissions import allowed
from gatehouse.platform.profile import profile
from gatehouse.web import words
from gatehouse.web.clock import CLOCK
from gatehouse.web.shift.session import shift_of

THEMES = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}


@dataclass(frozen=True)
class Room:
    """A room of the rail: where it starts and who may enter."""

    url: str
    word: words.Word
    permission: str
    icon: str


ROOMS = (
    Room("console", pgettext_lazy("room", "Inspection"), "border.inspect", "▤"),
    Room("secondline", pgettext_lazy("room", "Second line"), "border.second_line", "◫"),
    Room("handovers", pgettext_lazy("room", "Handover"), "border.hand_over", "⇄"),
    Room("figures", pgettext_lazy("room", "Figures"), "figures.read", "▥"),
    Room("trustlists", pgettext_lazy("room", "Trusted states"), "documents.read_trust", "◇"),
    Room("equipment", pgettext_lazy("room", "Equipment"), "monitoring.read", "▨"),
    Room("incidents", pgettext_lazy("room", "Incidents"), "monitoring.read", "▲"),
    Room("wall", pgettext_lazy("room", "Control room"), "monitoring.read", "▣"),
    Room("performance", pgettext_lazy("room", "Plans and report"), "performance.read", "▦"),
    Room("emergency", pgettext_lazy("room", "Emergency access"), "platform.break_glass", "◬"),
    Room("emergency_reviews", pgettext_lazy("room", "Emergency reviews"), "platform.review_emergencies", "◬"),
    Room("alerts", pgettext_lazy("room", "Security"), "security.read_alerts", "◈"),
    Room("accesslog", pgettext_lazy("room", "Access log"), "audit.read", "◉"),
)


def is_training() -> bool:
    """Whether this house is one to learn on, which every screen and every sheet of paper says."""
    return config().mode is Mode.TRAINING


def rooms_of(user: Any) -> list[Room]:
    return [room for room in ROOMS if allowed(user, room.permission)]


def theme_of(request: HttpRequest) -> str:
    theme = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    return theme if theme in THEMES else "system"


def _emergencies(request: HttpRequest) -> list[tuple[words.Word, Any]]:
    """What this person has taken in an emergency, and until when; asked of those alone who can have taken something."""
    if not allowed(request.user, "platform.break_glass"):
        return []
    assert isinstance(request.user, User)  # noqa: S101 (nobody else is allowed anything)
    lasting = emergencies_lasting(clock=CLOCK, user=request.user)
    return [(words.PERMISSIONS[each.permission], each.ends_at) for each in lasting]


def frame(request: HttpRequest) -> dict[str, Any]:
    """A context processor. `room` is the one whose address the request begins with."""
    if not hasattr(request, "user"):  # an error before the session was read
        return {}
    rooms = [(room, request.path.startswith(reverse(room.url))) for room in rooms_of(request.user)]
    return {
        "agency": profile().agency,
        "rooms": rooms,
        "roles": [words.ROLES[role] for role in words.ROLES if role in getattr(request.user, "role_set", ())],
        "shift": shift_of(request),
        "now": timezone.now(),
        "theme": theme_of(request),
        "themes": THEMES,
        "emergencies": _emergencies(request),
        "is_demo": config().mode is Mode.DEMO,
        "is_training": is_training(),
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
    }
