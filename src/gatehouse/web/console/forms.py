"""What an officer types: a document by hand, and the reason of a decision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gatehouse.border.api import Capacity, DocumentReading
from gatehouse.device.reading_report import LARGEST, ReadingReport
from gatehouse.documents.mrz import parse_mrz
from gatehouse.kernel.errors import UnreadableError
from gatehouse.web import words
from gatehouse.web.clock import CLOCK
from gatehouse.web.templatetags.gatehouse import said

#: No elementary file of a passport is larger: a face in DG2 has 15 to 20 KB, JPEG 2000 up to about 50.
LARGEST_FILE = 512 * 1024
LONGEST_REASON = 2000
_FILE_NAME = re.compile(r"(?:EF[._ -]?)?(COM|SOD|DG(?:1[0-6]|[1-9]))(?:\.\w+)?", re.IGNORECASE)


class FilesField(forms.FileField):
    """Several elementary files, each named after itself: EF.SOD, DG1.bin. Gives their bytes by name."""

    widget = type("Files", (forms.FileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> Any:
        files: Sequence[UploadedFile[bytes]] = data or ()
        return dict(self._named(file) for file in files)

    def _named(self, file: UploadedFile[bytes]) -> tuple[str, bytes]:
        found = _FILE_NAME.fullmatch(file.name or "")
        if not found:
            said = _("%(name)s is not named after a file of the chip: COM, SOD, DG1 to DG16.")
            raise forms.ValidationError(said, params={"name": file.name})
        if not file.size or file.size > LARGEST_FILE:
            said = _("%(name)s is empty or larger than a file of a chip can be.")
            raise forms.ValidationError(said, params={"name": file.name})
        return found.group(1).upper(), file.read()


class DocumentForm(forms.Form):
    mrz = forms.CharField(
        label=_("Machine readable zone"),
        help_text=_("Two lines of 44 or 36 characters, or three of 30, as printed."),
        widget=forms.Textarea(
            {"rows": 3, "cols": 44, "class": "mono", "autocomplete": "off", "autocapitalize": "characters"}
        ),
        error_messages={"required": _("Type or paste the machine readable zone.")},
    )
    chip = FilesField(label=_("Files of the chip, if it was read"), required=False)
    #: What the agent of the desk adds by script: its report, and the face before its camera.
    report = forms.CharField(required=False, max_length=LARGEST, widget=forms.HiddenInput)
    live = forms.FileField(required=False, widget=forms.FileInput({"hidden": True}))
    conveyance = forms.CharField(label=_("Flight or ship"), required=False, max_length=16)
    permit_number = forms.CharField(label=_("Visa or permit number"), required=False, max_length=32)
    capacity = forms.ChoiceField(
        label=_("Travels as"),
        choices=[(kind.value, words.CAPACITIES[kind]) for kind in Capacity],
        widget=forms.RadioSelect,
        initial=Capacity.PASSENGER.value,
    )
    accompanied = forms.BooleanField(label=_("A minor, with the adult inspected just before"), required=False)

    def clean_mrz(self) -> str:
        """Capital letters, a line each; says which line or character is wrong."""
        lines = str(self.cleaned_data["mrz"]).upper().split()
        try:
            parse_mrz("\n".join(lines), on=timezone.localdate())
        except UnreadableError as error:
            raise forms.ValidationError(_where(lines) or said(error.reason)) from error
        return "\n".join(lines)

    def clean_report(self) -> ReadingReport | None:
        """How the desk read the chip; a report that is none is an error, not silence."""
        sent = self.cleaned_data["report"]
        try:
            return ReadingReport.read(sent) if sent else None
        except UnreadableError as error:
            raise forms.ValidationError(said(error.reason)) from error

    def reading(self) -> DocumentReading:
        """What the officer typed, or the desk's agent filled in. The moment is the centre's own."""
        given = self.cleaned_data
        live = given["live"].read() if given["live"] else None
        return DocumentReading(given["mrz"], CLOCK.now(), given["chip"], live, given["report"])


def _where(lines: list[str]) -> str:
    """The line and the character that cannot stand in a zone, or the line that is too long or too short."""
    for number, line in enumerate(lines, 1):
        if foreign := re.search(r"[^A-Z0-9<]", line):
            place = {"line": number, "place": foreign.start() + 1, "character": foreign.group()}
            return _("Line %(line)s, character %(place)s: %(character)s is not A to Z, 0 to 9 or <.") % place
    lengths = [len(line) for line in lines]
    if len(lines) in (2, 3) and len(set(lengths)) > 1:
        wanted = 30 if len(lines) == 3 else min((36, 44), key=lambda length: abs(length - max(lengths)))
        number = next(number for number, length in enumerate(lengths, 1) if length != wanted)
        place = {"line": number, "length": lengths[number - 1], "wanted": wanted}
        return _("Line %(line)s has %(length)s characters; it should have %(wanted)s.") % place
    return ""


class ReasonForm(forms.Form):
    """Why, where a decision is not the proposed one, or weighs heavily."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
        error_messages={"required": _("Give the reason: it is recorded with the decision.")},
    )
