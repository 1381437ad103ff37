from __future__ import annotations

import json
from base64 import b64decode
from contextlib import nullcontext
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gatehouse.device.bundle import Accepted
from gatehouse.device.trusting import trusted_from
from gatehouse.documents.pki.anchors import read_anchors
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.imports import read_list, verify_list
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.config import Mode, config
from gatehouse.platform.models import Device
from gatehouse.platform.services import device_register
from gatehouse.platform.trust import list_store
from tests.cli.running import run
from tests.device.made import DEVICE
from tests.documents import pki_factory as made
from tests.edge.handheld import officers

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _the_store_of_the_tests(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(config(), "state", tmp_path / "state")
    monkeypatch.setattr("gatehouse.cli.device.bundle.open_store", nullcontext)


def centre_key(capsys: Captured) -> Ed25519PublicKey:
    code, out, err = run(capsys, "device", "bundle", "key")
    assert (code, err) == (0, "")
    return Ed25519PublicKey.from_public_bytes(b64decode(out))


def test_a_bundle_takes_along_the_lists_that_were_imported_and_opens_with_the_key_that_is_printed(
    capsys: Captured, tmp_path: Path
) -> None:
    officers()
    device_register(name=DEVICE, port="TPE")
    csca, now = made.csca("UT"), SystemClock().now()
    data = made.master_list(csca, csca.der)
    [root] = read_anchors(csca.der, "root.cer")
    assert isinstance(root, Certificate)
    ready = verify_list(read_list(data), data, "utopia.ml", [root]).ready
    assert ready is not None
    list_store().add(ready, by="operator", at=now)
    file = tmp_path / "device.bundle"
    asked = ("device", "bundle", "issue", "--device", DEVICE, "--hours", "2", "--out", str(file), "--json")
    code, out, err = run(capsys, *asked)
    assert (code, err) == (0, "")
    said = json.loads(out)
    assert (said["serial"], said["officers"], said["lists"]) == (1, ["chen", "lin"], ["000001-utopia.ml"])
    assert said["bytes"] == file.stat().st_size
    assert file.stat().st_mode & 0o777 == 0o600
    opened = Accepted(centre_key(capsys), DEVICE, 0).open(file.read_bytes(), now=SystemClock().now())
    assert (opened.expires - opened.issued).total_seconds() == 2 * 3600
    trusted = trusted_from(opened.trust.files, pinned=opened.trust.pinned)
    assert [each.sha256 for each in trusted.anchors.certificates] == [root.sha256]


@pytest.mark.parametrize(("mode", "said"), [(Mode.TRAINING, "training"), (Mode.TEST, None)])
def test_a_bundle_of_a_training_says_so(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: Mode, said: str | None
) -> None:
    monkeypatch.setattr(config(), "mode", mode)
    officers()
    device_register(name=DEVICE, port="TPE")
    file = tmp_path / "device.bundle"
    assert run(capsys, "device", "bundle", "issue", "--device", DEVICE, "--hours", "2", "--out", str(file))[0] == 0
    assert Accepted(centre_key(capsys), DEVICE, 0).open(file.read_bytes(), now=SystemClock().now()).mode == said


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("NONE", "--hours", "72"), 1, "there is no device NONE"),
        ((DEVICE, "--hours", "0"), 1, "a bundle is good for 1 to 168 hours"),
        ((DEVICE, "--hours", "169"), 1, "a bundle is good for 1 to 168 hours"),
        ((DEVICE, "--hours", "long"), 2, "'long' is not a valid integer"),
    ],
)
def test_what_is_no_bundle_is_one_line_and_no_file(
    asked: tuple[str, ...], code: int, said: str, capsys: Captured, tmp_path: Path
) -> None:
    device_register(name=DEVICE, port="TPE")
    file = tmp_path / "device.bundle"
    found, out, err = run(capsys, "device", "bundle", "issue", "--device", *asked, "--out", str(file))
    assert (found, out, err.count("\n")) == (code, "", 1)
    assert said in err
    assert not file.exists()


def test_a_bundle_that_cannot_be_written_leaves_nothing_behind(capsys: Captured, tmp_path: Path) -> None:
    officers()
    device_register(name=DEVICE, port="TPE")
    place = tmp_path / "place"
    (place / "folder").mkdir(parents=True)
    for out in (place / "folder", place / "none" / "device.bundle"):
        code, _, err = run(capsys, "device", "bundle", "issue", "--device", DEVICE, "--out", str(out))
        assert (code, err.count("\n")) == (2, 1)
        assert err.startswith(f"gatehouse: {out} cannot be written: ")
    assert [path.name for path in place.rglob("*")] == ["folder"]
    assert Device.objects.count() == 1


def test_a_key_that_is_none_is_one_line(capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("no key")
    monkeypatch.setattr(config(), "bundle_key_file", tmp_path / "key.pem")
    code, out, err = run(capsys, "device", "bundle", "key", "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "is no private key without a password" in err
