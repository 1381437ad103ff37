"""The log as XML.

Under the guideline's namespaces stand those names alone that its text gives: the results of the domains and the defects
(part 3, sections 7.2, 7.19 and 7.21), the lists used (part 2, 4.2.8), the extended nodes (part 2, table 4.26). For
everything else the text gives no names, since the schemas of the log itself are not printed in it; that stands under a
namespace of the house.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from gatehouse.documents.inspectionlog.model import (
    DocumentFacts,
    ExtendedNode,
    InspectionLog,
    LoggedCheck,
    Strict,
)
from gatehouse.documents.inspectionlog.names import Domain

HOUSE = "urn:gatehouse:inspection-log:1"
NAMESPACES: Mapping[str, str] = {
    "log": HOUSE,
    "dc": "http://trdoccheck.bsi.bund.de/dc/4",
    "dco": "http://trdoccheck.bsi.bund.de/dco/4",
    "dce": "http://trdoccheck.bsi.bund.de/dce/4",
    "dcc": "http://trdoccheck.bsi.bund.de/dcc/4",
    "dcs": "http://trdoccheck.bsi.bund.de/dcs/1",
    "wf": "http://trdoccheck.bsi.bund.de/hldc/workflow/2",
}
#: Part 3 table 7.3. A biometric check has its own log there, and none of its names.
RESULT_ELEMENTS: Mapping[Domain, str] = {
    Domain.OPTICAL: "wf:OpticalCheckResult",
    Domain.ELECTRONIC: "wf:ElectronicCheckResult",
    Domain.COMBINED: "wf:CombinedCheckResult",
    Domain.SEAL: "wf:SealCheckResult",
    Domain.BIOMETRIC: "log:BiometricCheckResult",
}


def tag(name: str) -> str:
    """A prefixed name as ElementTree has it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def log_element(log: InspectionLog) -> ET.Element:
    given = {"version", "profile", "purpose", "transaction", "state", "scenario", "location", "environment", "read_at"}
    root = ET.Element(tag("log:InspectionLog"), _attributes(log, given | {"checked_at"}))
    root.set("error_code", str(log.error_code))
    _all(root, "log:Component", log.components)
    if log.used_lists:
        _all(_child(root, "dc:UsedLists"), "log:List", log.used_lists)
    _document(root, log.document)
    for step, taken in log.timings_ms.items():
        _child(root, "log:Step", {"name": step, "ms": _number(taken)})
    _all(root, "log:Event", log.events)
    for domain, name in RESULT_ELEMENTS.items():
        _domain(root, name, domain, log)
    _child(root, "wf:AggregatedDocumentCheckResult").append(
        ET.Element(tag("log:Overall"), _attributes(log.overall, set(type(log.overall).model_fields)))
    )
    if log.defects:
        defects = _child(root, "wf:DefectInfo")
        for each in log.defects:
            defect = _child(defects, "wf:Defect")
            _child(defect, "wf:Oid").text = each.oid
            if each.parameter:
                _child(defect, "wf:ParameterInfo").text = each.parameter
    for node in log.extended:
        _extended(root, node)
    return root


def as_xml(log: InspectionLog) -> bytes:
    """One XML document in UTF-8, always the same for the same log."""
    return _written(log_element(log), declared=True)


def element_xml(log: InspectionLog) -> bytes:
    """The log's element by itself, for a document of several."""
    return _written(log_element(log), declared=False)


def _written(root: ET.Element, *, declared: bool) -> bytes:
    for prefix, uri in NAMESPACES.items():
        ET.register_namespace(prefix, uri)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=declared)
    return written + b"\n"


def _domain(root: ET.Element, name: str, domain: Domain, log: InspectionLog) -> None:
    checks = [check for check in log.checks if check.domain is domain]
    groups = [group for group in log.groups if group.domain is domain]
    if not checks and not groups:
        return
    parent = _child(root, name)
    for group in groups:
        _child(parent, "log:Group", _attributes(group, {"clause", "title", "result"}))
    for check in checks:
        _check(parent, check)


def _check(parent: ET.Element, check: LoggedCheck) -> None:
    fields = set(LoggedCheck.model_fields) - {"domain", "reason", "differing", "withheld"}
    element = _child(parent, "log:Check", _attributes(check, fields))
    if check.reason:
        _child(element, "log:Reason").text = check.reason
    for each in check.differing:
        _child(element, "log:Differing").text = each
    for each in check.withheld:
        _child(element, "log:Withheld").text = each


def _document(root: ET.Element, document: DocumentFacts) -> None:
    element = _child(root, "log:Document", _attributes(document, {"type", "issuing_state", "format", "access"}))
    if document.signature is not None:
        fields = set(type(document.signature).model_fields) - {"algorithms"}
        signature = _child(element, "log:Signature", _attributes(document.signature, fields))
        for part, used in document.signature.algorithms.items():
            _child(signature, "log:Algorithm", {"part": part, "used": used})
    for group, state in document.data_groups.items():
        _child(element, "log:DataGroup", {"name": group, "state": state})


def _extended(root: ET.Element, node: ExtendedNode) -> None:
    name = node.node
    parent = root.find(tag(name))
    parent = _child(root, name) if parent is None else parent
    element = _child(parent, "log:Item", {"name": node.name})
    if node.data:
        element.set("encoding", "base64")
        element.text = base64.b64encode(node.data).decode("ascii")
    else:
        element.text = node.text


def _child(parent: ET.Element, name: str, attributes: Mapping[str, str] | None = None) -> ET.Element:
    return ET.SubElement(parent, tag(name), dict(attributes or {}))


def _all(parent: ET.Element, name: str, models: Iterable[Strict]) -> None:
    for model in models:
        _child(parent, name, _attributes(model, set(type(model).model_fields)))


def _attributes(model: Strict, fields: set[str]) -> dict[str, str]:
    """In the order of the model; what is None or empty is absent."""
    found = model.model_dump(mode="json", include=fields)
    return {name: _text(value) for name, value in found.items() if value is not None and value != ""}


def _text(value: object) -> str:
    return _number(value) if isinstance(value, float) else str(value)


def _number(value: float) -> str:
    return repr(value)
