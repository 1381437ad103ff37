from __future__ import annotations

import json
from contextlib import nullcontext

import pytest

from gatehouse.platform.models import Device
from gatehouse.platform.selectors import device_of
from tests.cli.running import run

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _the_store_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in ("register", "revoke"):
        monkeypatch.setattr(f"gatehouse.cli.device.{command}.open_store", nullcontext)


def test_a_token_is_shown_once_and_ends_when_it_is_revoked_or_made_anew(capsys: Captured) -> None:
    code, out, _ = run(capsys, "device", "register", "TPE-E01", "--port", "TPE", "--json")
    first = json.loads(out)
    assert (code, first["device"], first["port"]) == (0, "TPE-E01", "TPE")
    assert device_of(first["token"]) == Device.objects.get()
    second = run(capsys, "device", "register", "TPE-E01", "--port", "TPE")[1].strip()
    assert device_of(first["token"]) is None
    assert device_of(second) == Device.objects.get()
    code, out, _ = run(capsys, "device", "revoke", "TPE-E01", "--json")
    assert (code, json.loads(out)) == (0, {"device": "TPE-E01", "active": False})
    assert device_of(second) is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("register", "x" * 33, "--port", "TPE"), "a device's name is 1 to 32 letters"),
        (("register", "lane 1", "--port", "TPE"), "a device's name is 1 to 32 letters"),
        (("register", "TPE-E01", "--port", "XXX"), "there is no port XXX"),
        (("revoke", "TPE-E01"), "there is no device TPE-E01"),
    ],
)
def test_what_is_no_device_is_one_line(arguments: tuple[str, ...], said: str, capsys: Captured) -> None:
    code, out, err = run(capsys, "device", *arguments)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert said in err
    assert not Device.objects.exists()
