"""What is said where more is sent than the files of a chip."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.screens import SHIFT

from gatehouse.border.models import Inspection
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role

pytestmark = pytest.mark.django_db
MRZ = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


def test_files_that_are_too_large_together_are_refused_not_lost(client: Client, person: Callable[..., User]) -> None:
    client.force_login(person(Role.INSPECTOR))
    session = client.session
    session["shift"] = SHIFT
    session.save()
    sent = {"mrz": MRZ, "capacity": "passenger", "chip": SimpleUploadedFile("SOD.bin", bytes(5 * 2**20))}
    answer = client.post("/console/", sent, headers={"accept-language": "en"})
    assert "These files are larger than those of a chip can be; none of them was taken." in answer.content.decode()
    assert "L898902C36UTO" in answer.content.decode()  # what was typed stands there still
    assert not Inspection.objects.exists()
