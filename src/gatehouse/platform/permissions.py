"""Who may do what: every permission of the house by name, with the roles that hold it. What is not here is denied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    "security.read_alerts": frozenset({Role.SECURITY_AUDITOR}),
    "security.triage": frozenset({Role.SECURITY_AUDITOR}),
    "platform.break_glass": frozenset({Role.INSPECTOR, Role.SECOND_LINE}),
    "platform.review_emergencies": frozenset({Role.SUPERVISOR, Role.SECURITY_AUDITOR}),
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


@dataclass(frozen=True, slots=True)
class Glass:
    """What may be taken in an emergency: by whom, and for which purposes they may look at a person then."""

    roles: frozenset[Role]
    purposes: frozenset[Purpose] = frozenset()


#: Permissions that people of a port may take for a while when nobody is there who holds them, with a reason and a
#: review by somebody else. What is not here cannot be taken: roles, keys, records of the past and the log are nobody's.
BREAKABLE: Mapping[str, Glass] = {
    "border.second_line": Glass(frozenset({Role.INSPECTOR}), frozenset({Purpose.SECOND_LINE_CHECK})),
    "border.confirm_refusal": Glass(frozenset({Role.INSPECTOR})),
    "biometrics.read": Glass(frozenset({Role.INSPECTOR}), frozenset({Purpose.SECOND_LINE_CHECK})),
    "monitoring.handle": Glass(frozenset({Role.SECOND_LINE})),
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
    return by_role(user, permission) or by_emergency(user, permission)


def by_role(user: Any, permission: str) -> bool:
    """Whether a role of this person holds it."""
    holders = PERMISSIONS[permission]
    return bool(user.is_authenticated and user.is_active and not holders.isdisjoint(user.role_set))


def by_emergency(user: Any, permission: str) -> bool:
    """Whether this person has broken the glass before it, and none of their roles holds it."""
    return may_break(user, permission) and permission in user.emergency_set


def may_break(user: Any, permission: str) -> bool:
    """Whether this person may take it in an emergency."""
    glass = BREAKABLE.get(permission)
    if glass is None or not (user.is_authenticated and user.is_active) or by_role(user, permission):
        return False
    return not glass.roles.isdisjoint(user.role_set)


def purposes_of(user: Any) -> frozenset[Purpose]:
    """For what this person may look at others: for nothing who is not signed in, or whose account is closed."""
    if not allowed(user, SIGNED_IN):
        return frozenset()
    own = {purpose for purpose, roles in PURPOSES.items() if not roles.isdisjoint(user.role_set)}
    return frozenset(own.union(*(BREAKABLE[name].purposes for name in BREAKABLE if by_emergency(user, name))))
