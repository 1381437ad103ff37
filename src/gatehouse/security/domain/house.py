"""Leaves of the house's own log as events: what was done or looked at, by whom, why and where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gatehouse.security.domain.ocsf import EventClass, Fields, Severity, classed

#: OCSF's activity_id of Authentication (3002): Logon, Logoff.
REFUSED = ("platform.sign_in_refuse", "platform.confirm_refuse")
_SIGNING = {
    "platform.sign_in": 1,
    "platform.confirm": 1,
    **dict.fromkeys(REFUSED, 1),
    "border.device_sign_on": 1,
    "platform.sign_out": 2,
    "border.device_sign_off": 2,
}
#: Its activity_id of API Activity (6003), by the last word of an action; every other act is an Update.
_CREATE, _READ, _UPDATE, _DELETE = 1, 2, 3, 4
_ACTIVITIES = {
    "look": _READ,
    "log": _READ,
    "record": _CREATE,
    "add": _CREATE,
    "open": _CREATE,
    "issue": _CREATE,
    "erase": _DELETE,
}
#: Where OCSF names who acts, by what an actor is.
_NAMED = {"user": "user.name", "device": "device.hostname", "system": "app_name"}


def house_event(leaf: Mapping[str, Any], payload: Mapping[str, Any]) -> Fields:
    """The fields of a leaf and of the payload that it commits to (empty where erased), with OCSF's names beside them.

    `leaf` and `payload` are as `audit` writes them. Raises `ValueError` for what is no leaf.
    """
    action, time = leaf.get("action"), leaf.get("time")
    if not isinstance(action, str) or not isinstance(time, str):
        raise ValueError("a leaf has an action and a time")
    signing, said = _SIGNING.get(action), payload.get("detail")
    detail = said if isinstance(said, Mapping) else {}
    activity = signing or _ACTIVITIES.get(action.replace("_", ".").rsplit(".", 1)[-1], _UPDATE)
    class_ = EventClass.API_ACTIVITY if signing is None else EventClass.AUTHENTICATION
    named: Fields = {"api.operation": action, "metadata.uid": leaf.get("id")}
    if signing is not None:
        named["status"] = "Failure" if action in REFUSED else "Success"
        named["src_endpoint.ip"] = detail.get("address")
        named["user.name"] = detail.get("account")  # what stands for a name that nobody has
    kind, _, name = str(payload.get("actor") or "").partition(":")
    if kind in _NAMED:
        named[_NAMED[kind]] = name
    known = {name: value for name, value in {**leaf, **payload, **named}.items() if value is not None}
    return {**known, **classed(class_, Severity.INFORMATIONAL, datetime.fromisoformat(time), activity=activity)}
