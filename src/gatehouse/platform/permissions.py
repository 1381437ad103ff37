"""Who may do what: every permission of the house by name, with the roles that hold it. What is not here is denied."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

#: Named by what anyone may do, such as signing in.
ANYONE = "anyone"
#: Named by what every signed-in person may do, such as choosing a language.
SIGNED_IN = "signed_in"
#: Named by the routes of machines: no session opens them, each asks the device for its token by itself.
DEVICE = "device"


class Role(StrEnum):
    INSPECTOR = "inspector"
    SECOND_LINE = "second_line"
    SUPERVISOR = "supervisor"
    ANALYST = "analyst"
    CASEWORKER = "caseworker"
    ENGINEER = "engineer"
    SECURITY_AUDITOR = "security_auditor"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    STATISTICIAN = "statistician"
    #: A screen on a wall, which nobody sits at: it may look at equipment, and at nothing else.
    DISPLAY = "display"


PERMISSIONS: Mapping[str, frozenset[Role]] = {
    "border.inspect": frozenset({Role.INSPECTOR, Role.SECOND_LINE, Role.SUPERVISOR}),
    "border.second_line": frozenset({Role.SECOND_LINE, Role.SUPERVISOR}),
    "border.confirm_refusal": frozenset({Role.SECOND_LINE, Role.SUPERVISOR}),
    "border.correct": frozenset({Role.SUPERVISOR}),
    "border.read_ledgers": frozenset({Role.SUPERVISOR, Role.ENGINEER}),
    "border.issue_bundles": frozenset({Role.SUPERVISOR}),
    "border.read_crossings": frozenset({Role.INSPECTOR, Role.SECOND_LINE, Role.SUPERVISOR, Role.CASEWORKER}),
    "biometrics.read": frozenset({Role.SECOND_LINE, Role.SUPERVISOR}),
    "biometrics.erase": frozenset({Role.DATA_PROTECTION_OFFICER}),
    "border.read_log": frozenset(
        {
            Role.SECOND_LINE,
            Role.SUPERVISOR,
            Role.ANALYST,
            Role.ENGINEER,
            Role.SECURITY_AUDITOR,
            Role.DATA_PROTECTION_OFFICER,
        }
    ),
    "border.read_full_log": frozenset({Role.SECOND_LINE, Role.SUPERVISOR}),
    "watchlist.manage": frozenset({Role.SUPERVISOR}),
    "figures.read": frozenset({Role.SUPERVISOR, Role.ANALYST, Role.STATISTICIAN, Role.CASEWORKER}),
    "monitoring.read": frozenset(
        {Role.SUPERVISOR, Role.ANALYST, Role.STATISTICIAN, Role.ENGINEER, Role.SECURITY_AUDITOR, Role.DISPLAY}
    ),
    "monitoring.record": frozenset({Role.ENGINEER, Role.STATISTICIAN}),
    "monitoring.handle": frozenset({Role.ENGINEER, Role.SUPERVISOR}),
    "monitoring.amend": frozenset({Role.ENGINEER, Role.SUPERVISOR}),
    "monitoring.publish": frozenset({Role.SUPERVISOR, Role.STATISTICIAN}),
    "figures.record": frozenset({Role.STATISTICIAN, Role.ENGINEER}),
    "performance.read": frozenset({Role.SUPERVISOR, Role.ANALYST, Role.STATISTICIAN, Role.ENGINEER}),
    "performance.record": frozenset({Role.STATISTICIAN, Role.ENGINEER}),
    "performance.publish": frozenset({Role.SUPERVISOR}),
    "documents.read_trust": frozenset({Role.SECOND_LINE, Role.SUPERVISOR, Role.ENGINEER, Role.SECURITY_AUDITOR}),
    "audit.read": frozenset({Role.SECURITY_AUDITOR, Role.DATA_PROTECTION_OFFICER}),
    "platform.read_health": frozenset({Role.ENGINEER, Role.SUPERVISOR, Role.SECURITY_AUDITOR}),
}

#: What a device may do under its own name, once it proved who it is.
DEVICE_PERMISSIONS = frozenset({"border.record_crossing", "border.deliver_events", "monitoring.observe"})


def allowed(user: Any, permission: str) -> bool:
    """Whether `user` holds `permission`. A permission that nobody declared is a mistake in the program: `KeyError`."""
    if permission in (ANYONE, DEVICE):
        return True
    if permission == SIGNED_IN:
        return bool(user.is_authenticated and user.is_active)
    holders = PERMISSIONS[permission]
    return bool(user.is_authenticated and user.is_active and not holders.isdisjoint(user.role_set))
