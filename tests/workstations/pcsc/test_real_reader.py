"""A simulated chip in the virtual reader of a real pcscd, read through libpcsclite as any document is."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from tests.absence import absent
from tests.conformance import conformance

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.errors import CardRemovedError
from gatehouse.documents.chip.reading import ReadingPolicy, read_chip
from gatehouse.documents.chip.simulator import ChipImage, Fault, SimulatedChip
from gatehouse.documents.chip.simulator.cases import removed
from gatehouse.documents.chip.simulator.vpcd import OnReader
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.results import Result
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import ChipKind, Issuer
from gatehouse.workstations.pcsc import Context, ReaderError, ReaderState

pytestmark = pytest.mark.real

ON = date(2026, 11, 22)
SPECIMEN_KEY = MrzKey("C11T002JM", "960812", "131031")
WITHIN = 5.0


@pytest.fixture(scope="module", autouse=True)
def service() -> Iterator[None]:
    """A pcscd with virtual readers: the one that runs, or one of our own."""
    if _has_virtual_readers():
        yield
        return
    program = shutil.which("pcscd")
    if program is None or not Path("/etc/reader.conf.d/vpcd").exists():
        absent("the packages pcscd and vsmartcard-vpcd")
    if os.geteuid() != 0:
        absent("root, as whom pcscd starts")
    with subprocess.Popen([program, "--foreground"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            _until(_has_virtual_readers)
            yield
        finally:
            running.terminate()


@pytest.fixture
def pcsc() -> Iterator[Context]:
    with Context() as made:
        _until(lambda: not any(state.has_card for state in made.states()))
        yield made


def _has_virtual_readers() -> bool:
    """Asked of the service: whoever connects to the reader's port is a document that comes and goes."""
    try:
        with Context() as made:
            return any(name.startswith("Virtual PCD") for name in made.readers())
    except ReaderError:
        return False


def _until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + WITHIN
    while not holds():
        assert time.monotonic() < ends, "nothing happened in time"
        time.sleep(0.05)


@contextmanager
def lying(pcsc: Context, image: ChipImage, *faults: Fault) -> Iterator[str]:
    """The chip lies on a reader, whose name is given."""
    with OnReader(SimulatedChip(image, faults=faults)):
        _until(lambda: any(state.has_card for state in pcsc.states()))
        yield next(state.reader for state in pcsc.states() if state.has_card)


def specimen() -> dict[str, bytes]:
    folder = conformance("documents/specimen-bsi-2008")
    return {path.stem.removeprefix("EF_"): path.read_bytes() for path in folder.glob("*.bin")}


def test_a_specimen_is_read_by_basic_access_control_octet_by_octet(pcsc: Context) -> None:
    files = specimen()
    wanted = ("COM", "SOD", "DG1", "DG2", "DG14")
    with lying(pcsc, ChipImage(files, SPECIMEN_KEY)) as reader, pcsc.connect(reader) as card:
        reading = read_chip(card, SPECIMEN_KEY, policy=ReadingPolicy(files=wanted))
    assert reading.access == "BAC"
    assert dict(reading.files) == {name: files[name] for name in wanted}


@pytest.mark.parametrize("kind", [ChipKind.PACE_GM, ChipKind.PACE_IM, ChipKind.PACE_CAM, ChipKind.AA, ChipKind.CA])
def test_a_made_up_passport_is_read_by_pace(pcsc: Context, kind: ChipKind) -> None:
    issuer = Issuer("UT", "UTO", seed=1, on=ON, chips=kind)
    document = issuer.personalise(made_up_holder("UTO", 7, on=ON, youngest=18))
    trust = TrustStore([Certificate.read(der) for der in issuer.csca_certificates()])
    with lying(pcsc, document.image) as reader, pcsc.connect(reader) as card:
        reading = read_chip(card, document.image.mrz, trust=trust)
    assert reading.access == f"PACE-ECDH-{kind.mapping}-AES-CBC-CMAC-256/MRZ"
    assert reading.files == {name: data for name, data in document.files.items() if name != "DG12"}
    proved = {check.id for check in reading.checks if check.result is Result.SUCCESSFUL}
    own = {
        ChipKind.PACE_CAM: {"chip_authentication_mapping"},
        ChipKind.AA: {"active_authentication"},
        ChipKind.CA: {"chip_authentication"},
    }
    assert proved == {"chip_access", "card_access"} | own.get(kind, set())


def test_a_card_access_number_opens_too(pcsc: Context) -> None:
    document = Issuer("UT", "UTO", seed=1, on=ON).personalise(made_up_holder("UTO", 7, on=ON, youngest=18))
    with lying(pcsc, document.image) as reader, pcsc.connect(reader) as card:
        reading = read_chip(card, document.image.can, policy=ReadingPolicy(files=("DG1",)))
    assert reading.access == "PACE-ECDH-GM-AES-CBC-CMAC-256/CAN"
    assert reading.files == {"DG1": document.files["DG1"]}


def test_a_document_that_is_pulled_leaves_what_was_read(pcsc: Context) -> None:
    files = specimen()
    pulled = Fault(answer=removed, after=22)
    with lying(pcsc, ChipImage(files, SPECIMEN_KEY), pulled) as reader, pcsc.connect(reader) as card:
        reading = read_chip(card, SPECIMEN_KEY)
        _until(lambda: not any(state.has_card for state in pcsc.states()))
    assert isinstance(reading.stopped, CardRemovedError)
    assert reading.events[-1].name == "card_removed"
    assert 0 < len(reading.files) < 7
    assert all(files[name] == data for name, data in reading.files.items())


def test_readers_and_documents_are_told_as_they_come_and_go(pcsc: Context) -> None:
    assert all(name.startswith("Virtual PCD") for name in pcsc.readers())
    settled = _settled(pcsc)
    with OnReader(SimulatedChip(ChipImage({}))):
        found = pcsc.wait(settled, WITHIN)
        [present] = [state for state in found if state.has_card]
        assert present.atr.hex().upper() == "3B80800101"
        began = time.monotonic()
        assert pcsc.wait(found, 0.3) == found
        assert 0.25 < time.monotonic() - began < 2
    assert not any(state.has_card for state in pcsc.wait(found, WITHIN))


def test_a_wait_can_be_cancelled(pcsc: Context) -> None:
    known = _settled(pcsc)
    threading.Timer(0.3, pcsc.cancel).start()
    began = time.monotonic()
    assert pcsc.wait(known, 30) == known
    assert time.monotonic() - began < 5


def _settled(pcsc: Context) -> tuple[ReaderState, ...]:
    """The readers once the service has noticed that an earlier document left."""
    known = pcsc.states()
    while (found := pcsc.wait(known, 0.6)) != known:
        known = found
    return known


def test_a_reader_is_for_one_program_alone(pcsc: Context) -> None:
    with (
        lying(pcsc, ChipImage({})) as reader,
        pcsc.connect(reader),
        Context() as other,
        pytest.raises(ReaderError, match=f"^another program uses the reader {reader}$"),
    ):
        other.connect(reader)


def test_what_is_not_there(pcsc: Context) -> None:
    names = ", ".join(pcsc.readers())
    with pytest.raises(ReaderError, match=f"^there is no reader Desk 9; there are: {names}$"):
        pcsc.connect("Desk 9")
    with pytest.raises(CardRemovedError, match=r"^the document left the reader$"):
        pcsc.connect(pcsc.readers()[0])
