"""`gatehouse document simulate`: what can be served, and a document on a virtual reader of the test's own."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.running import run
from tests.conformance import conformance

from gatehouse.documents.chip.cv_certificates import CvCertificate
from gatehouse.documents.pki.certificates import Certificate


class Desk:
    """A virtual reader that gives a document one command, and lets it go."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.port = str(listener.getsockname()[1])
        self.answers: list[bytes] = []
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            for content in (b"\x01", bytes.fromhex("00A4040C07A0000002471001")):
                connection.sendall(len(content).to_bytes(2, "big") + content)
            size = int.from_bytes(connection.recv(2), "big")
            self.answers.append(connection.recv(size))


@pytest.fixture
def desk() -> Iterator[Desk]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Desk(listener)


def test_what_can_be_served_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "document", "simulate", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["kinds"] == ["bac", "pace-gm", "pace-im", "pace-cam", "aa", "ca", "eac"]
    assert found["faults"]["sm-no-checksum"] == "Responses lack their checksum."
    assert found["faults"]["altered-dg2"] == "another person's face written into the chip"
    _, text, _ = run(capsys, "document", "simulate")
    assert "  removed            The document leaves the reader after 20 commands." in text.splitlines()


def test_a_made_up_document_is_served_until_the_reader_goes(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--pcsc", "--port", desk.port, "--document", "eac", "--trust-out", str(tmp_path / "trust"), "--trace")
    code, out, err = run(capsys, "document", "simulate", *arguments, "--json")
    served = json.loads(out)
    assert code == 0
    assert desk.answers == [bytes.fromhex("9000")]
    assert err.splitlines() == ["> 00A4040C07A0000002471001", "< 9000", "The document has left the reader."]
    assert (served["document"], len(served["can"]), served["faults"]) == ("eac", 6, [])
    assert {"ATR/INFO", "CardAccess", "DG3", "DG14"} < set(served["files"])
    written = {path.name for path in (tmp_path / "trust").iterdir()}
    assert written == {
        *(f"simulated-{number}.cer" for number in (1, 2, 3)),
        *("verifier.cvcert", "terminal.cvcert", "terminal.pkcs8"),
    }
    assert Certificate.read((tmp_path / "trust" / "simulated-2.cer").read_bytes()).country == "TW"
    verifier = CvCertificate.read((tmp_path / "trust" / "verifier.cvcert").read_bytes())
    assert (verifier.authority, verifier.holder) == ("TWSIMCVCA00001", "TWSIMDV00001")


def test_a_folder_of_files_is_served_by_the_key_of_its_zone(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    folder = conformance("documents/specimen-bsi-2008")
    code, out, _ = run(
        capsys, "document", "simulate", "--pcsc", "--port", desk.port, "--document", str(folder), "--fault", "slow"
    )
    assert code == 0
    assert (
        out.splitlines()[0] == f"document specimen-bsi-2008 lies on the virtual reader at 127.0.0.1, port {desk.port}"
    )
    assert "C11T002JM4D<<9608122F1310317<<<<<<<<<<<<<<<6" in out
    assert "fault slow: Every answer takes half a second." in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--document", "entry-9999"],
            "entry-9999 is no kind of document, no folder, and none that waits at",
        ),
        (["--fault", "nonsense"], "nonsense is no fault, or a second one of the document"),
        (["--fault", "forged", "--fault", "expired"], "expired is no fault, or a second one of the document"),
        (["--document", "/tmp", "--fault", "forged"], "only a made-up document can have the fault"),
        (["--port", "1"], "no virtual reader listens at 127.0.0.1, port 1: "),
    ],
)
def test_what_cannot_be_served_is_one_line_and_exit_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "document", "simulate", "--pcsc", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"gatehouse: {said}")
    assert err.count("\n") == 1


def test_a_folder_without_a_zone_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "document", "simulate", "--pcsc", "--document", str(tmp_path))
    assert (code, err) == (2, f"gatehouse: the folder {tmp_path} holds no EF_DG1.bin\n")


def test_a_reader_on_which_another_document_lies_is_one_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gatehouse.cli.document.simulate._NOTICED_WITHIN", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        code, out, err = run(capsys, "document", "simulate", "--pcsc", "--port", str(port))
    assert (code, out) == (2, "")
    assert err == (
        f"gatehouse: the virtual reader at 127.0.0.1, port {port} does not take the document: another lies on it\n"
    )
