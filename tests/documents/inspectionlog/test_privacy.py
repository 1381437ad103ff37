"""The standard and the basic profile name nobody: no value of a person, no image, no hash of their data."""

from __future__ import annotations

from html import unescape
from itertools import product

import pytest
from tests.documents.inspectionlog.made import HOLDER, document, private, seen

from gatehouse.documents.inspectionlog import LoggingProfile, logged
from gatehouse.documents.inspectionlog.files import LogFormat, one_written
from gatehouse.documents.inspectionlog.privacy import WITHHELD, Secrets, plain, public_sentence
from gatehouse.kernel.errors import RefusedError
from gatehouse.kernel.results import Reason
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.issuing.faults import Fault

IMPERSONAL = (LoggingProfile.BASIC, LoggingProfile.STANDARD)


def leaked(kind: ChipKind, text: str, fault: Fault | None = None) -> list[str]:
    """Which private values stand in a text, as they are or as XML escapes them, in capitals or not."""
    whole = text.casefold() + unescape(text).casefold()
    return [value for value in private(document(kind, fault)) if value.casefold() in whole]


@pytest.mark.parametrize("kind", list(ChipKind))
@pytest.mark.parametrize("pulled_before", [None, 1, 6, 14, 20])
def test_nothing_of_the_person_is_in_the_log(kind: ChipKind, pulled_before: int | None) -> None:
    found = seen(kind, pulled_before=pulled_before)
    for profile, form in product(IMPERSONAL, LogFormat):
        written = one_written(logged(found.inspected, profile), form).decode()
        assert leaked(kind, written) == []


@pytest.mark.parametrize("fault", list(Fault))
def test_nor_where_the_document_is_false(fault: Fault) -> None:
    found = seen(ChipKind.PACE_GM, fault=fault)
    for profile, form in product(IMPERSONAL, LogFormat):
        written = one_written(logged(found.inspected, profile), form).decode()
        assert leaked(ChipKind.PACE_GM, written, fault) == []


def test_nor_where_the_page_says_another_name_than_the_chip() -> None:
    own = "\n".join(document(ChipKind.PACE_CAM).mrz_lines)
    found = seen(printed=own.replace("QUETZALQUIST", "YGGDRASILSEN"))
    log = logged(found.inspected)
    check = log.check("dg1_zone")
    assert check.result == "failed"
    assert check.differing == ("name",)
    assert check.reason == "the chip holds another zone than the one that is printed: name"
    assert check.withheld == ("dcc:Mismatch",)
    for form in LogFormat:
        written = one_written(log, form).decode()
        assert leaked(ChipKind.PACE_CAM, written) == []
        assert "YGGDRASILSEN" not in written


def test_the_search_for_what_leaks_finds_it() -> None:
    """The net of these tests holds: the full profile has all of it."""
    found = seen(ChipKind.PACE_CAM)
    full = one_written(logged(found.inspected, LoggingProfile.FULL, purpose="a case"), LogFormat.XML).decode()
    held = leaked(ChipKind.PACE_CAM, full)
    assert document(ChipKind.PACE_CAM).mrz_lines[0] in held
    assert HOLDER.surname in held
    assert any(len(value) == 40 for value in held), "base64 of the files"


def test_what_the_document_signer_is_stays() -> None:
    log = logged(seen().inspected)
    signature = log.document.signature
    assert signature is not None
    assert (signature.country, signature.csca_serial != "") == ("UT", True)
    assert signature.issuer == signature.csca_subject
    assert log.document.issuing_state == "UTO"


def test_a_log_that_names_a_person_says_for_what_purpose() -> None:
    inspected = seen().inspected
    for profile in set(LoggingProfile) - set(IMPERSONAL):
        with pytest.raises(RefusedError, match="for what purpose"):
            logged(inspected, profile, purpose=" ")
        assert logged(inspected, profile, purpose="case 7").purpose == "case 7"
    assert logged(inspected, LoggingProfile.STANDARD, purpose="case 7").purpose == ""


def test_parts_that_may_name_a_person_are_withheld_also_in_parts_of_parts() -> None:
    inner = Reason("known as %(nickname)s in %(country)s", nickname="Zip", country="UT")
    assert public_sentence(Reason("%(cause)s, born %(day)s", cause=inner, day="1979-02-13")) == (
        f"known as {WITHHELD} in UT, born {WITHHELD}"
    )


@pytest.mark.parametrize("text", ["of Quetzalquist, again", "ximena", "790213", "1979-02-13", "no zipporah here"])
def test_a_sentence_that_holds_one_of_the_documents_values_is_withheld_whole(text: str) -> None:
    assert Secrets([seen().zone]).kept(text) == WITHHELD


def test_other_sentences_stay() -> None:
    assert Secrets([seen().zone]).kept("signed by CN=Signer of UT") == "signed by CN=Signer of UT"


def test_plain_text_is_one_line_of_what_xml_can_hold() -> None:
    assert plain("a\tb\r\nc\x00d\ud800e\x85f 龘 😀") == "a b  c�d�e�f 龘 😀"
