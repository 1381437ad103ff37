"""JSON and XML hold the same log, always the same way, and are read back as it was."""

from __future__ import annotations

import json
from itertools import product
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.inspectionlog.made import seen

from gatehouse.documents.inspectionlog import InspectionLog, LoggingProfile, logged
from gatehouse.documents.inspectionlog.files import LogFormat, one_read, one_written, several_read, several_written
from gatehouse.documents.inspectionlog.privacy import plain
from gatehouse.documents.inspectionlog.xml_reading import of_xml
from gatehouse.documents.inspectionlog.xml_writing import NAMESPACES
from gatehouse.kernel.errors import UnreadableError
from gatehouse.simulation.issuing import ChipKind


@pytest.mark.parametrize("profile", list(LoggingProfile))
@pytest.mark.parametrize(("kind", "pulled"), [(ChipKind.PACE_CAM, None), (ChipKind.BAC, 14), (ChipKind.AA, None)])
def test_both_forms_read_back_as_the_log_that_was_written(
    profile: LoggingProfile, kind: ChipKind, pulled: int | None
) -> None:
    log = logged(seen(kind, pulled_before=pulled).inspected, profile, purpose="case 7")
    for form in LogFormat:
        written = one_written(log, form)
        assert one_read(written) == log
        assert one_written(one_read(written), form) == written


def test_the_same_log_is_written_the_same() -> None:
    inspected = seen().inspected
    for form in LogFormat:
        assert one_written(logged(inspected), form) == one_written(logged(inspected), form)


def test_several_logs_are_one_document() -> None:
    logs = (logged(seen().inspected), logged(seen(ChipKind.BAC, pulled_before=9).inspected))
    for form, held in product(LogFormat, (logs, logs[:1], ())):
        assert several_read(b"".join(several_written(held, form))) == held


def test_the_names_of_the_guideline_stand_in_its_namespaces_and_no_others_do() -> None:
    log = logged(seen().inspected, LoggingProfile.FULL, purpose="case 7")
    root = ET.fromstring(one_written(log, LogFormat.XML))
    prefixes = {uri: prefix for prefix, uri in NAMESPACES.items()}
    used = {f"{prefixes[tag[0]]}:{tag[1]}" for tag in (each.tag[1:].split("}") for each in root.iter())}
    assert {name for name in used if not name.startswith("log:")} == {
        "dc:UsedLists",
        "dc:DocumentDetails",
        "dce:ChipFiles",
        "wf:OpticalCheckResult",
        "wf:ElectronicCheckResult",
        "wf:CombinedCheckResult",
        "wf:SealCheckResult",
        "wf:AggregatedDocumentCheckResult",
    }


_NASTY = st.text(st.characters(codec="utf-8"), max_size=40)


@given(name=_NASTY, reason=_NASTY, extra=_NASTY)
def test_whatever_stands_in_a_text_comes_back(name: str, reason: str, extra: str) -> None:
    base = logged(seen().inspected)
    component = base.components[0].model_copy(update={"name": plain(f"<\"&{name}'>")})
    check = base.checks[0].model_copy(update={"reason": plain(f"]]>{reason}"), "differing": (plain(extra),)})
    log = base.model_copy(update={"components": (component,), "checks": (check, *base.checks[1:])})
    for form in LogFormat:
        assert one_read(one_written(log, form)) == log


WRITTEN = one_written(logged(seen().inspected), LogFormat.XML)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<a/>", "this XML is no log of an inspection"),
        (b"<a", "no well-formed XML"),
        (b"\xff\xfe<\x00", "XML in UTF-8"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "has no document type"),
        (WRITTEN.replace(b'state="terminated"', b'state="done"'), "state"),
        (WRITTEN.replace(b"<log:Overall", b"<log:Other"), "overall.guideline: Field required"),
        (WRITTEN.replace(b' ms="', b' seconds="'), "timings_ms"),
        (WRITTEN.replace(b'scenario="stationary"', b'scenario="stationary" colour="red"'), "colour"),
    ],
)
def test_what_is_no_log_is_one_clear_refusal(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        of_xml(data)


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"logs": 1}', "nul"])
def test_json_that_is_no_log_is_too(text: str) -> None:
    for read in (InspectionLog.of_json, lambda given: several_read(given.encode())):
        with pytest.raises(UnreadableError):
            read(text)


def test_a_field_that_nobody_knows_is_refused() -> None:
    found = json.loads(logged(seen().inspected).as_json())
    with pytest.raises(UnreadableError, match="colour"):
        InspectionLog.of_json(json.dumps({**found, "colour": "red"}))
