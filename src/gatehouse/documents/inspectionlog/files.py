"""Logs as files: one log, or several of a period, as XML or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from gatehouse.documents.inspectionlog.model import InspectionLog
from gatehouse.documents.inspectionlog.xml_reading import all_of_xml, of_xml
from gatehouse.documents.inspectionlog.xml_writing import HOUSE, as_xml, element_xml
from gatehouse.kernel.errors import UnreadableError


class LogFormat(StrEnum):
    XML = "xml"
    JSON = "json"


def one_written(log: InspectionLog, form: LogFormat) -> bytes:
    return as_xml(log) if form is LogFormat.XML else log.as_json().encode() + b"\n"


def one_read(data: bytes) -> InspectionLog:
    """From either form. Raises `UnreadableError`."""
    return of_xml(data) if _is_xml(data) else InspectionLog.of_json(data)


def several_written(logs: Iterable[InspectionLog], form: LogFormat) -> Iterator[bytes]:
    """The pieces of one document: `log:InspectionLogs`, or `{"logs": […]}`. One log is in memory at a time."""
    if form is LogFormat.XML:
        yield f"<?xml version='1.0' encoding='utf-8'?>\n<log:InspectionLogs xmlns:log=\"{HOUSE}\">\n".encode()
        yield from map(element_xml, logs)
        yield b"</log:InspectionLogs>\n"
        return
    yield b'{"logs": ['
    for number, log in enumerate(logs):
        yield b",\n" if number else b"\n"
        yield log.model_dump_json().encode()
    yield b"\n]}\n"


def several_read(data: bytes) -> tuple[InspectionLog, ...]:
    """From either form. Raises `UnreadableError`."""
    if _is_xml(data):
        return all_of_xml(data)
    try:
        found: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("the logs of inspections are no JSON") from error
    if not isinstance(found, dict) or not isinstance(found.get("logs"), list):
        raise UnreadableError('the logs of inspections stand under "logs"')
    return tuple(InspectionLog.of_json(json.dumps(each)) for each in found["logs"])


def _is_xml(data: bytes) -> bool:
    return data.lstrip()[:1] == b"<"
