from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from gatehouse.web.console.forms import LARGEST_FILE, DocumentForm

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


def form(mrz: str = ZONE, *files: tuple[str, bytes]) -> DocumentForm:
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    data = {"mrz": mrz, "capacity": "passenger"}
    return DocumentForm(data, {"chip": uploads} if uploads else MultiValueDict())  # type: ignore[arg-type]


def said(mrz: str) -> str:
    with override("en"):
        return str(form(mrz).errors["mrz"][0])


def test_a_zone_is_read_as_it_was_typed_small_letters_too() -> None:
    typed = form(ZONE.lower())
    assert typed.is_valid()
    assert typed.reading().mrz == ZONE
    assert typed.reading().files == {}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Type or paste the machine readable zone."),
        (ZONE.replace("L89", "L*9"), "Line 2, character 2: * is not A to Z, 0 to 9 or <."),
        (ZONE[:-1], "Line 2 has 43 characters; it should have 44."),
        (ZONE + "<", "Line 2 has 45 characters; it should have 44."),
    ],
)
def test_an_error_names_the_line_and_the_character(typed: str, answer: str) -> None:
    assert said(typed) == answer


def test_a_text_of_no_format_is_refused() -> None:
    assert "no machine readable zone" in said("HELLO")


@pytest.mark.parametrize("name", ["EF.SOD", "ef_dg1.bin", "DG16.bin", "com", "EF-DG2.bin"])
def test_files_are_known_by_their_names(name: str) -> None:
    typed = form(ZONE, (name, b"data"))
    assert typed.is_valid()
    assert list(typed.reading().files.values()) == [b"data"]


@pytest.mark.parametrize(
    ("name", "data"), [("photo.jpg", b"x"), ("DG17", b"x"), ("DG1", b""), ("DG2", b"x" * (LARGEST_FILE + 1))]
)
def test_other_files_are_refused_by_name(name: str, data: bytes) -> None:
    typed = form(ZONE, (name, data))
    assert not typed.is_valid()
    assert name in str(typed.errors["chip"])
