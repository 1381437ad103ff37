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
    "border.hand_over": frozenset({Role.INSPECTOR, Role.SECOND_LINE, Role.SUPERVISOR}),
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


class Purpose(StrEnum):
    """Why a person's record is looked at (Regulation (EU) 2017/2226, article 46(1)(a))."""

    BORDER_CHECK = "border_check"
    SECOND_LINE_CHECK = "second_line_check"
    IDENTIFICATION = "identification"
    APPLICATION = "application"
    CASE = "case"
    LAW_ENFORCEMENT = "law_enforcement"
    PERSON_REQUEST = "person_request"
    CORRECTION = "correction"
    DATA_PROTECTION_AUDIT = "data_protection_audit"
    QUALITY_CONTROL = "quality_control"


#: For what each role may look at a person. Who may look for none of them looks at nobody, whatever else they may do.
PURPOSES: Mapping[Purpose, frozenset[Role]] = {
    Purpose.BORDER_CHECK: frozenset({Role.INSPECTOR, Role.SECOND_LINE, Role.SUPERVISOR}),
    Purpose.SECOND_LINE_CHECK: frozenset({Role.SECOND_LINE, Role.SUPERVISOR}),
    Purpose.IDENTIFICATION: frozenset({Role.SECOND_LINE, Role.SUPERVISOR, Role.CASEWORKER}),
    Purpose.APPLICATION: frozenset({Role.CASEWORKER}),
    Purpose.CASE: frozenset({Role.SECOND_LINE, Role.SUPERVISOR, Role.CASEWORKER}),
    Purpose.LAW_ENFORCEMENT: frozenset({Role.SUPERVISOR, Role.CASEWORKER}),
    Purpose.PERSON_REQUEST: frozenset({Role.DATA_PROTECTION_OFFICER}),
    Purpose.CORRECTION: frozenset({Role.SUPERVISOR, Role.DATA_PROTECTION_OFFICER}),
    Purpose.DATA_PROTECTION_AUDIT: frozenset({Role.DATA_PROTECTION_OFFICER, Role.SECURITY_AUDITOR}),
    Purpose.QUALITY_CONTROL: frozenset({Role.SUPERVISOR}),
}

#: What a device may do under its own name, once it proved who it is.
DEVICE_PERMISSIONS = frozenset(
    {"border.record_crossing", "border.deliver_events", "monitoring.observe", "platform.renew_certificate"}
)


def allowed(user: Any, permission: str) -> bool:
    """Whether `user` holds `permission`. A permission that nobody declared is a mistake in the program: `KeyError`."""
    if permission in (ANYONE, DEVICE):
        return True
    if permission == SIGNED_IN:
        return bool(user.is_authenticated and user.is_active)
    holders = PERMISSIONS[permission]
    return bool(user.is_authenticated and user.is_active and not holders.isdisjoint(user.role_set))


def purposes_of(user: Any) -> frozenset[Purpose]:
    """For what this person may look at others: for nothing who is not signed in, or whose account is closed."""
    if not allowed(user, SIGNED_IN):
        return frozenset()
    return frozenset(purpose for purpose, roles in PURPOSES.items() if not roles.isdisjoint(user.role_set))
