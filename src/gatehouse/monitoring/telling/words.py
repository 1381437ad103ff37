"""What is told of an incident: words for people in both languages, and the body of an Alertmanager webhook."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from gatehouse.monitoring.domain.notices import Occasion
from gatehouse.monitoring.models import Notice

#: How Alertmanager writes that something has not ended.
_NOT_ENDED = "0001-01-01T00:00:00Z"
_SUBJECT = {
    Occasion.OPENED: "事件 {number}：{cause} 未能服務 / Incident {number}: {cause} does not serve",
    Occasion.UNACKNOWLEDGED: "事件 {number}：{cause} 尚無人處理 / Incident {number}: nobody takes care of {cause}",
    Occasion.RESOLVED: "事件 {number}：{cause} 已恢復 / Incident {number}: {cause} serves again",
}


def subject(notice: Notice) -> str:
    return _SUBJECT[Occasion(notice.occasion)].format(number=notice.incident_id, cause=notice.incident.cause.tag)


def text(notice: Notice, link: str) -> str:
    """A line each: what, where, since when, how many devices, and where to look."""
    incident = notice.incident
    ended = f"恢復 / resolved: {_moment(incident.resolved_at)}\n" if incident.resolved_at else ""
    return (
        f"{subject(notice)}\n\n設備 / device: {incident.cause.tag}\n"
        f"地點 / place: {incident.cause.site} {incident.cause.hall}\n狀態 / state: {incident.state}\n"
        f"開始 / since: {_moment(incident.began_at)}\n{ended}"
        f"影響設備數 / devices: {incident.devices.count()}\n{link}\n"
    )


def alertmanager(notice: Notice, link: str) -> dict[str, Any]:
    """As Alertmanager's own webhooks are: whoever takes these takes ours. No person is named."""
    incident = notice.incident
    status = "resolved" if notice.occasion == Occasion.RESOLVED else "firing"
    labels = {
        "alertname": "GatehouseIncident",
        "device": incident.cause.tag,
        "asset_class": incident.cause.asset_class,
        "site": incident.cause.site,
        "state": incident.state,
        "occasion": notice.occasion,
    }
    annotations = {"summary": subject(notice)}
    alert = {
        "status": status,
        "labels": labels,
        "annotations": annotations,
        "startsAt": _moment(incident.began_at),
        "endsAt": _moment(incident.resolved_at) if incident.resolved_at and status == "resolved" else _NOT_ENDED,
        "generatorURL": link,
        "fingerprint": f"{incident.id:016x}",
    }
    return {
        "version": "4",
        "groupKey": f'{{}}:{{incident="{incident.id}"}}',
        "truncatedAlerts": 0,
        "status": status,
        "receiver": notice.recipient,
        "groupLabels": {"incident": str(incident.id)},
        "commonLabels": labels,
        "commonAnnotations": annotations,
        "externalURL": link,
        "alerts": [alert],
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
