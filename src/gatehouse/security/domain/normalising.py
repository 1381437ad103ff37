"""Events of hosts and networks in one shape: the classes and names of OCSF 1.x beside the fields as they came.

What a rule looks for by a source's own names stays findable; what it looks for by OCSF's is there for every source.
A line that is not understood is told by its number, and every other is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from pydantic_core import from_json

from gatehouse.security.domain.absences import with_absences
from gatehouse.security.domain.events import BadLine, flat, moment_of, read_events
from gatehouse.security.domain.house import house_event
from gatehouse.security.domain.ocsf import EventClass, Fields, Severity, classed


class Form(StrEnum):
    SYSLOG = "syslog"
    JSON = "json"
    EVE = "eve"
    AUDIT = "audit"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Normalised:
    """`line` is where it stood."""

    line: int
    fields: Fields


#: Syslog severity (RFC 5424, table 2) -> OCSF.
_SEVERITY = (
    Severity.FATAL, Severity.CRITICAL, Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW,
    Severity.INFORMATIONAL, Severity.INFORMATIONAL,
)  # fmt: skip
_RFC5424 = re.compile(
    r"<(?P<priority>\d{1,3})>1 (?P<time>\S+) (?P<host>\S+) (?P<app>\S+) (?P<process>\S+) (?P<id>\S+) "
    r"(?P<data>-|(?:\[(?:[^\]\"\\]|\\.|\"(?:[^\"\\]|\\.)*\")*\])+)(?: (?P<message>.*))?",
    re.DOTALL,
)
_RFC3164 = re.compile(
    r"(?:<(?P<priority>\d{1,3})>)?(?P<time>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) (?P<host>\S+) "
    r"(?P<app>[^\s:\[]+)(?:\[(?P<process>[^\]]*)\])?: ?(?P<message>.*)",
    re.DOTALL,
)
_PARAMETER = re.compile(r'([^\s=\]"]+)="((?:[^"\\\]]|\\.)*)"')
_ELEMENT = re.compile(r"\[([^\s\]]+)((?:[^\]\"\\]|\\.|\"(?:[^\"\\]|\\.)*\")*)\]")
_NIL = "-"
#: What sshd, sudo, su and login say of who came in.
_ACCEPTED = re.compile(r"(?:Accepted|session opened)\b.*?\bfor (?:user )?(?P<user>[^\s(]+)")
_FAILED = re.compile(
    r"(?:Failed \S+|authentication failure|Invalid user)\b.*?"
    r"(?:\bfor (?:invalid user )?|\buser=|\bInvalid user )(?P<user>[^\s;]+)"
)
_ADDRESS = re.compile(r"(?: from |\brhost=)(\S+)")
_EVE_CLASSES = {
    "alert": EventClass.DETECTION_FINDING,
    "dns": EventClass.DNS_ACTIVITY,
    "http": EventClass.HTTP_ACTIVITY,
}
_EVE_SEVERITY = {1: Severity.HIGH, 2: Severity.MEDIUM, 3: Severity.LOW}


#: OCSF's names for what Suricata says of an event, by where it says so.
_EVE_NAMES = {
    "src_ip": "src_endpoint.ip",
    "src_port": "src_endpoint.port",
    "dest_ip": "dst_endpoint.ip",
    "dest_port": "dst_endpoint.port",
    "proto": "connection_info.protocol_name",
    "alert.signature": "finding_info.title",
    "alert.signature_id": "finding_info.uid",
    "dns.rrname": "query.hostname",
    "dns.queries.rrname": "query.hostname",
    "dns.rrtype": "query.type",
    "dns.queries.rrtype": "query.type",
    "dns.rcode": "rcode",
    "http.hostname": "http_request.url.hostname",
    "http.url": "http_request.url.path",
    "http.http_method": "http_request.http_method",
    "http.http_user_agent": "http_request.user_agent",
    "http.status": "http_response.code",
    "flow.bytes_toserver": "traffic.bytes_out",
    "flow.bytes_toclient": "traffic.bytes_in",
}


def normalised(lines: Iterable[bytes], form: Form, *, now: datetime) -> tuple[list[Normalised], list[BadLine]]:
    """Each line in OCSF's shape, and what is wrong with each that is not understood; empty lines are neither.

    `now` gives the year to times of RFC 3164, which have none: the last one that does not lie ahead.
    """
    found: list[Normalised] = []
    bad: list[BadLine] = []
    for number, line in enumerate(lines, 1):
        text = line.decode("utf-8", "replace").strip("\r\n")
        if not text.strip():
            continue
        try:
            fields = _READERS[_form_of(text) if form is Form.AUTO else form](text, now)
        except ValueError as error:
            bad.append(BadLine(number, str(error)))
        else:
            found.append(Normalised(number, fields))
    with_absences([each.fields for each in found])
    return found, bad


def _form_of(text: str) -> Form:
    if not text.lstrip().startswith("{"):
        return Form.SYSLOG
    if '"leaf":' in text and '"leaf_hash":' in text:
        return Form.AUDIT
    return Form.EVE if '"event_type"' in text and '"flow_id"' in text else Form.JSON


def _syslog(text: str, now: datetime) -> Fields:
    found = _RFC5424.fullmatch(text)
    if found is not None:
        said = {name: value for name, value in found.groupdict().items() if value not in (None, _NIL)}
        at = _iso(said.get("time"))
        more: Fields = {"msgid": said["id"]} if "id" in said else {}
        more.update(_structured(said.get("data", "")))
        return _of_syslog(said, at, more)
    found = _RFC3164.fullmatch(text)
    if found is None:
        raise ValueError("it is no line of syslog (RFC 5424 or RFC 3164)")
    said = {name: value for name, value in found.groupdict().items() if value is not None}
    return _of_syslog(said, _without_year(said["time"], now), {})


def _of_syslog(said: Fields, at: datetime | None, more: Fields) -> Fields:
    priority = int(said["priority"]) if "priority" in said else None
    if priority is not None and priority > 191:
        raise ValueError("a priority of syslog is at most 191")
    message = said.get("message", "").lstrip("\ufeff")
    severity = Severity.UNKNOWN if priority is None else _SEVERITY[priority % 8]
    fields: Fields = {
        **classed(EventClass.BASE, severity, at),
        "message": message,
        "device.hostname": said.get("host"),
        "app_name": said.get("app"),
        "process.pid": said.get("process"),
        "facility": None if priority is None else priority // 8,
        **more,
    }
    return {
        name: value for name, value in {**fields, **_authentication(message, at, severity)}.items() if value is not None
    }


def _authentication(message: str, at: datetime | None, severity: Severity) -> Fields:
    """Who came in or was not let in, where a line says so."""
    for pattern, status in ((_FAILED, "Failure"), (_ACCEPTED, "Success")):
        found = pattern.search(message)
        if found is not None:
            address = _ADDRESS.search(message)
            return {
                **classed(EventClass.AUTHENTICATION, severity, at, activity=1),
                "status": status,
                "user.name": found["user"],
                "src_endpoint.ip": address[1] if address else None,
            }
    return {}


def _eve(text: str, now: datetime) -> Fields:
    """Suricata's eve.json: the event as it came, with OCSF's names beside its own."""
    event = _object(text)
    kind = str(event.get("event_type", ""))
    said = flat(event)
    alert = event.get("alert")
    level = alert.get("severity") if isinstance(alert, dict) else None
    severity = _EVE_SEVERITY.get(level if isinstance(level, int) else 0, Severity.INFORMATIONAL)
    named = {name: said[path] for path, name in _EVE_NAMES.items() if path in said}
    class_ = _EVE_CLASSES.get(kind, EventClass.NETWORK_ACTIVITY)
    return {**event, **named, **classed(class_, severity, _iso(event.get("timestamp")))}


def _json(text: str, now: datetime) -> Fields:
    """A plain event: as it came, with its time where it says one."""
    event = _object(text)
    if "class_uid" in event:
        return event
    (read,), _ = read_events([text.encode()])
    at = moment_of(read)
    return {
        **event,
        **classed(EventClass.BASE, Severity.UNKNOWN, None if at is None else datetime.fromtimestamp(at, UTC)),
    }


def _audit(text: str, now: datetime) -> Fields:
    """A line of the house's log (`audit export`), with the payload where it stands beside the leaf."""
    line = _object(text)
    leaf, payload = line.get("leaf"), line.get("payload")
    if not isinstance(leaf, dict):
        raise ValueError("it holds no leaf")
    return {**house_event(leaf, payload if isinstance(payload, dict) else {}), "index": line.get("index")}


_READERS: dict[Form, Callable[[str, datetime], Fields]] = {
    Form.SYSLOG: _syslog,
    Form.EVE: _eve,
    Form.JSON: _json,
    Form.AUDIT: _audit,
}


def _object(text: str) -> Fields:
    found = from_json(text)
    if not isinstance(found, dict):
        raise ValueError("it is no JSON object")
    return found


def _structured(data: str) -> Iterator[tuple[str, str]]:
    """Structured data (RFC 5424 clause 6.3) as `id.name`."""
    for element, parameters in _ELEMENT.findall(data):
        for name, value in _PARAMETER.findall(parameters):
            yield f"{element}.{name}", re.sub(r'\\(["\\\]])', r"\1", value)


def _iso(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _without_year(text: str, now: datetime) -> datetime | None:
    """A day ahead is let stand: clocks differ, and hosts log in their own zone."""
    for year in (now.year + 1, now.year, now.year - 1):
        try:
            at = datetime.strptime(f"{year} {text}", "%Y %b %d %H:%M:%S").replace(tzinfo=UTC)
        except ValueError:  # 29 February in another year
            continue
        if at <= now + timedelta(days=1):
            return at
    return None
