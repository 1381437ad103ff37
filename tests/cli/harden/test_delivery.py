from __future__ import annotations

import json
from email.message import Message
from importlib import metadata
from pathlib import Path

import pytest

from gatehouse.cli.harden import delivery
from gatehouse.cli.harden.bill import bill_of_materials
from gatehouse.cli.harden.lock import Locked, locked
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result
from gatehouse.security.api import licence_of, strong_copyleft
from tests.cli.running import run

ROOT = Path(__file__).resolve().parents[3]
CORE = ROOT / "requirements" / "core.txt"
DIGEST = "a" * 64


def lock(folder: Path, text: str) -> Path:
    file = folder / "lock.txt"
    file.write_text(text)
    return file


def test_a_lock_is_read_with_its_markers_and_digests(tmp_path: Path) -> None:
    text = (
        f"click==8.3.0 \\\n    --hash=sha256:{DIGEST} \\\n    --hash=sha256:{'b' * 64}\n"
        "numpy==1.0 ; python_version < '3'\n"
    )
    assert locked(lock(tmp_path, text)) == (
        Locked("click", "8.3.0", True, (DIGEST, "b" * 64)),
        Locked("numpy", "1.0", False, ()),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("click>=8\n", "is no lock: click>=8"),
        ("-e .\n", "is no lock: -e ."),
        ("click @ file:///x\n", "is no lock: click @ file:///x"),
        ("", "locks nothing"),
    ],
)
def test_what_is_no_lock_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        locked(lock(tmp_path, text))


def test_the_own_lock_holds() -> None:
    entries = locked(CORE)
    for judge in (delivery.hashed, delivery.as_locked, delivery.licences, delivery.bill):
        answer = judge(entries)
        assert answer.result is Result.SUCCESSFUL, answer.because


def test_each_point_of_the_lock_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(check: str, *entries: Locked) -> tuple[Result, str]:
        answer = getattr(delivery, check)(entries)
        return answer.result, answer.because

    click = Locked("click", "0.1", True, ())
    ours = metadata.version("click")
    assert judge("hashed", click) == (Result.FAILED, "click has no digest")
    assert judge("as_locked", click) == (Result.FAILED, f"click is {ours}, locked is 0.1")
    gone = Locked("no-such-package", "1", True, (DIGEST,))
    assert judge("as_locked", gone) == (Result.FAILED, "no-such-package is not installed")
    assert judge("bill", gone) == (Result.FAILED, "no-such-package lacks licence or digest")
    assert judge("as_locked", Locked("no-such-package", "1", False, ())) == (Result.SUCCESSFUL, "0 packages as locked")
    monkeypatch.setattr(delivery, "licence_of", lambda package: "GPL-3.0-only")
    assert judge("licences", click) == (Result.FAILED, "click is under GPL-3.0-only")
    monkeypatch.setattr(delivery, "licence_of", lambda package: "")
    assert judge("licences", click) == (Result.FAILED, "click does not say its licence")


@pytest.mark.parametrize(
    ("licence", "strong"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Affero General Public License v3", True),
        ("MIT AND GPL-2.0-only", True),
        ("MIT OR GPL-2.0-only", False),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MPL-2.0", False),
        ("Apache-2.0 OR BSD-3-Clause", False),
    ],
)
def test_which_licences_are_strong_copyleft(licence: str, strong: bool) -> None:
    assert strong_copyleft(licence) is strong


def test_the_development_oracles_are_found_to_be_gpl() -> None:
    """The same reading of real metadata that finds nothing at run time finds what stands in development alone."""
    assert [
        name for name in ("mrz", "pymerkle", "click") if strong_copyleft(licence_of(metadata.distribution(name)))
    ] == [
        "mrz",
        "pymerkle",
    ]


def test_a_licence_is_the_expression_or_the_classifier_or_the_text() -> None:
    class Package(metadata.Distribution):
        def __init__(self, *fields: tuple[str, str]) -> None:
            self.message = Message()
            for name, value in fields:
                self.message[name] = value

        @property
        def metadata(self) -> Message:  # type: ignore[override]
            return self.message

        def read_text(self, filename: str) -> None:
            return None

        def locate_file(self, path: object) -> Path:
            raise NotImplementedError

    classifier = ("Classifier", "License :: OSI Approved :: MIT License")
    assert licence_of(Package(("License-Expression", "MIT"), classifier)) == "MIT"
    assert licence_of(Package(("License", "see LICENSE"), classifier)) == "MIT License"
    assert licence_of(Package(("License", "BSD 3-clause\nlong text"))) == "BSD 3-clause"
    assert licence_of(Package()) == ""


def test_the_bill_of_materials_is_cyclonedx_and_whole() -> None:
    entries = locked(CORE)
    bill = bill_of_materials(entries)
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert bill["metadata"]["component"]["name"] == "gatehouse"
    names = [each["name"] for each in bill["components"]]
    assert sorted(names) == sorted(each.name for each in entries if each.applies)
    [django] = [each for each in bill["components"] if each["name"] == "django"]
    assert django["purl"] == django["bom-ref"] == f"pkg:pypi/django@{metadata.version('django')}"
    assert django["licenses"] == [{"expression": "BSD-3-Clause"}]
    [digests] = [each.sha256 for each in entries if each.name == "django"]
    assert django["properties"] == [{"name": "gatehouse:locked-sha256", "value": each} for each in digests]
    needs = {each["ref"]: each["dependsOn"] for each in bill["dependencies"]}
    assert f"pkg:pypi/asgiref@{metadata.version('asgiref')}" in needs[django["purl"]]
    assert len({each["bom-ref"] for each in bill["components"]}) == len(names)
    assert bill == bill_of_materials(entries)


def test_what_is_not_installed_stands_in_the_bill_without_saying_what_it_needs(tmp_path: Path) -> None:
    digest = "a" * 64
    bill = bill_of_materials(locked(lock(tmp_path, f"click==0.1 --hash=sha256:{digest}\n")))
    assert bill["components"] == [
        {
            "type": "library",
            "bom-ref": "pkg:pypi/click@0.1",
            "name": "click",
            "version": "0.1",
            "purl": "pkg:pypi/click@0.1",
            "properties": [{"name": "gatehouse:locked-sha256", "value": digest}],
        }
    ]
    assert [each["ref"] for each in bill["dependencies"]] == [bill["metadata"]["component"]["bom-ref"]]


def test_code_that_others_can_change_is_found(tmp_path: Path) -> None:
    module = tmp_path / "package" / "module.py"
    module.parent.mkdir(mode=0o755)
    module.write_text("")
    module.chmod(0o644)
    assert delivery.code(module.parent).result is Result.SUCCESSFUL
    module.chmod(0o664)
    answer = delivery.code(module.parent)
    assert (answer.result, answer.because) == (Result.FAILED, f"{module} can be changed by others (mode 0664)")


def test_the_command_writes_the_bill_and_says_what_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bill = tmp_path / "sbom.json"
    code, out, _ = run(capsys, "harden", "--part", "delivery", "--lock", str(CORE), "--sbom", str(bill), "--json")
    report = json.loads(out)
    assert (code, report["counts"]["successful"], len(report["points"])) == (0, 5, 5)
    assert json.loads(bill.read_text()) == bill_of_materials(locked(CORE))
    bare = lock(tmp_path, "click==0.1\n")
    code, out, _ = run(capsys, "harden", "--part", "delivery", "--lock", str(bare), "--json")
    failed = {each["id"]: each for each in json.loads(out)["points"] if each["result"] == "failed"}
    assert (code, set(failed)) == (1, {"delivery-lock-hashed", "delivery-as-locked", "delivery-bill"})
    assert failed["delivery-lock-hashed"]["remedy"] == delivery.HASHED.remedy


def test_what_cannot_be_read_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "harden", "--part", "delivery", "--lock", str(tmp_path / "none"))
    assert (code, out) == (2, "")
    assert err.startswith(f"gatehouse: {tmp_path}/none cannot be read: ")
    assert err.count("\n") == 1


def test_a_package_that_names_no_licence_is_known_by_the_text_of_one() -> None:
    assert licence_of(metadata.distribution("pysnmp")) == "BSD-2-Clause"
