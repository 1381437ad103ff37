"""Reading a log back from XML: the same log as was written, or one clear refusal."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from pydantic import ValidationError

from gatehouse.documents.inspectionlog.model import InspectionLog
from gatehouse.documents.inspectionlog.profiles import EXTENDED_NODES
from gatehouse.documents.inspectionlog.xml_writing import RESULT_ELEMENTS, tag
from gatehouse.kernel.errors import UnreadableError

_LOG = tag("log:InspectionLog")


def of_xml(data: bytes) -> InspectionLog:
    """The one log of a document. Raises `UnreadableError`."""
    root = _parsed(data)
    if root.tag != _LOG:
        raise UnreadableError("this XML is no log of an inspection")
    return _log(root)


def all_of_xml(data: bytes) -> tuple[InspectionLog, ...]:
    """The logs of a document of several. Raises `UnreadableError`."""
    root = _parsed(data)
    if root.tag != tag("log:InspectionLogs"):
        raise UnreadableError("this XML holds no logs of inspections")
    return tuple(map(_log, root.findall(_LOG)))


def _parsed(data: bytes) -> ET.Element:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError("the log of an inspection is XML in UTF-8, and this is not") from error
    if "<!DOCTYPE" in text:
        raise UnreadableError("the log of an inspection has no document type; this XML has one")
    try:
        return ET.fromstring(text)  # noqa: S314 (see the import)
    except ET.ParseError as error:
        raise UnreadableError("the log of an inspection is no well-formed XML: %(cause)s", cause=str(error)) from error


def _log(root: ET.Element) -> InspectionLog:
    found: dict[str, Any] = dict(root.attrib)
    found.pop("error_code", None)
    lists = root.find(tag("dc:UsedLists"))
    found["components"] = _attributes(root, "log:Component")
    found["used_lists"] = _attributes(lists, "log:List") if lists is not None else []
    found["document"] = _document(root)
    found["timings_ms"] = {step.get("name"): step.get("ms") for step in _attributes(root, "log:Step")}
    found["events"] = _attributes(root, "log:Event")
    found["checks"], found["groups"] = [], []
    for domain, name in RESULT_ELEMENTS.items():
        parent = root.find(tag(name))
        if parent is not None:
            found["groups"] += [{"domain": domain, **group} for group in _attributes(parent, "log:Group")]
            found["checks"] += [{"domain": domain, **_check(check)} for check in parent.findall(tag("log:Check"))]
    overall = root.find(f"{tag('wf:AggregatedDocumentCheckResult')}/{tag('log:Overall')}")
    found["overall"] = dict(overall.attrib) if overall is not None else {}
    found["defects"] = [
        {"oid": each.findtext(tag("wf:Oid"), ""), "parameter": each.findtext(tag("wf:ParameterInfo"), "")}
        for each in root.iterfind(f"{tag('wf:DefectInfo')}/{tag('wf:Defect')}")
    ]
    found["extended"] = list(_extended(root))
    try:
        return InspectionLog.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise UnreadableError(
            "the log of an inspection cannot be read: %(place)s: %(cause)s", place=place, cause=first["msg"]
        ) from error


def _attributes(parent: ET.Element, name: str) -> list[dict[str, Any]]:
    return [dict(each.attrib) for each in parent.findall(tag(name))]


def _check(element: ET.Element) -> dict[str, Any]:
    return {
        **element.attrib,
        "reason": element.findtext(tag("log:Reason"), ""),
        "differing": [each.text or "" for each in element.findall(tag("log:Differing"))],
        "withheld": [each.text or "" for each in element.findall(tag("log:Withheld"))],
    }


def _document(root: ET.Element) -> dict[str, Any]:
    element = root.find(tag("log:Document"))
    if element is None:
        return {}
    found: dict[str, Any] = dict(element.attrib)
    signature = element.find(tag("log:Signature"))
    if signature is not None:
        algorithms = {each.get("part"): each.get("used") for each in _attributes(signature, "log:Algorithm")}
        found["signature"] = {**signature.attrib, "algorithms": algorithms}
    found["data_groups"] = {each.get("name"): each.get("state") for each in _attributes(element, "log:DataGroup")}
    return found


def _extended(root: ET.Element) -> Iterator[dict[str, Any]]:
    for names in EXTENDED_NODES.values():
        for name in names:
            for item in root.iterfind(f"{tag(name)}/{tag('log:Item')}"):
                node = {"node": name, "name": item.get("name", "")}
                if item.get("encoding") == "base64":
                    yield {**node, "data": _decoded(item.text or "")}
                else:
                    yield {**node, "text": item.text or ""}


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise UnreadableError("a file in the log of an inspection is no base64") from error
