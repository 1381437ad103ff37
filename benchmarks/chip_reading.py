"""A full read of a chip (EF.COM, EF.SOD, EF.DG1 and an EF.DG2 of 15 kB) against the simulated chip in process.

Chip and terminal are this program, on one core: what is measured is the own time of both. Beside it stands the bare
cost that cannot be avoided: the key agreements, or for BAC nothing but the ciphers of the same octets. With a pcscd
that has virtual readers the same document is read through it, and by pypassport beside it where that is installed.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO

from PIL import Image

from benchmarks.table import Row
from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.cipher import AES_256, TRIPLE_DES, CipherSuite, SessionKeys
from gatehouse.documents.chip.errors import TransportError
from gatehouse.documents.chip.groups import standardised_group
from gatehouse.documents.chip.groups.base import new_private_key
from gatehouse.documents.chip.reading import ReadingPolicy, read_chip
from gatehouse.documents.chip.simulator import ChipImage, SimulatedChip
from gatehouse.documents.chip.simulator.vpcd import OnReader
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import ChipKind, Issuer
from gatehouse.simulation.issuing.data_groups import atr_info, dg2
from gatehouse.simulation.portraits import portrait
from gatehouse.workstations.pcsc import Context

AIM = "150 ms"
FILES = ("COM", "SOD", "DG1", "DG2")
_ON = date(2026, 11, 22)
_DG2 = 15_000
_RUNS = 15
_BRAINPOOL_P256 = 13


def run() -> list[Row]:
    rows = []
    for kind in (ChipKind.BAC, ChipKind.PACE_GM):
        for extended in (False, True):
            image = _image(kind, extended=extended)
            what = f"chip read, {_name(kind)}, {'extended' if extended else 'short'} lengths"
            ours, floor = _best(partial(_read, image)), _best(_bare(kind))
            rows.append(Row(what, f"{ours:.0f} ms", f"bare arithmetic: {floor:.0f} ms", f"+{ours - floor:.0f} ms", AIM))
    return [*rows, *_through_a_service()]


def _name(kind: ChipKind) -> str:
    return "BAC with 3DES" if kind is ChipKind.BAC else "PACE with brainpoolP256r1 and AES-256"


def _image(kind: ChipKind, *, extended: bool) -> ChipImage:
    """A made-up passport with a portrait of 15 kB."""
    document = Issuer("UT", "UTO", seed=1, on=_ON, chips=kind).personalise(made_up_holder("UTO", 7, on=_ON))
    files = {**document.image.files, "DG2": dg2(_portrait(), "F")}
    if extended:
        files["ATR/INFO"] = atr_info(65_535)
    return replace(document.image, files=files)


def _portrait() -> bytes:
    out = BytesIO()
    Image.open(BytesIO(portrait(7))).save(out, "JPEG", quality=95)
    return out.getvalue()[:_DG2].ljust(_DG2, b"\0")


def _read(image: ChipImage) -> None:
    reading = read_chip(SimulatedChip(image), image.mrz, policy=ReadingPolicy(files=FILES))
    if reading.files != {name: image.files[name] for name in FILES}:
        raise ValueError("the chip to measure with was not read")


def _bare(kind: ChipKind) -> Callable[[], None]:
    """Both sides encrypt or decrypt and authenticate the same octets once, after the key agreements of PACE."""
    suite: CipherSuite = TRIPLE_DES if kind is ChipKind.BAC else AES_256
    keys = SessionKeys.derive(suite, b"secret")
    octets = bytes(16_384)

    def work() -> None:
        if kind is not ChipKind.BAC:
            _agree()
        for _ in ("chip", "terminal"):
            suite.encrypt(keys.encryption, octets)
            suite.mac_of_blocks(keys.authentication, octets)

    return work


def _agree() -> None:
    """Generic mapping and the agreement on the mapped generator, of both sides."""
    group = standardised_group(_BRAINPOOL_P256)
    one, other = new_private_key(group), new_private_key(group)
    first, second = group.public_key(one), group.public_key(other)
    mapped = [
        group.map_generic(bytes(range(16)), private, public) for private, public in ((one, second), (other, first))
    ]
    ephemeral = [(each, new_private_key(each)) for each in mapped]
    public = [each.public_key(private) for each, private in ephemeral]
    for (each, private), theirs in zip(ephemeral, reversed(public), strict=True):
        each.agree(private, theirs)


def _best(work: Callable[[], None]) -> float:
    """Milliseconds, of several runs after one to warm up."""
    work()
    times = []
    for _ in range(_RUNS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times) * 1000


def _through_a_service() -> list[Row]:
    """Over pcscd, the chip in a thread of the same process."""
    what = "chip read over pcscd, BAC"
    image = _image(ChipKind.BAC, extended=False)
    try:
        with Context() as context, OnReader(SimulatedChip(image)):
            reader = _reader(context)
            ours = _best(lambda: _read_at(context, reader, image))
            theirs = _peer(image)
    except TransportError as error:
        return [Row(what, f"not measured: {error}")]
    if theirs is None:
        return [Row(what, f"{ours:.0f} ms", "pypassport is not installed", "", AIM)]
    return [Row(what, f"{ours:.0f} ms", f"pypassport: {theirs:.0f} ms", f"{theirs / ours:.0f} times as fast", AIM)]


def _reader(context: Context) -> str:
    ends = time.monotonic() + 5
    while time.monotonic() < ends:
        for state in context.states():
            if state.has_card:
                return state.reader
        time.sleep(0.05)
    raise TransportError("no virtual reader took the document")


def _read_at(context: Context, reader: str, image: ChipImage) -> None:
    with context.connect(reader) as card:
        reading = read_chip(card, image.mrz, policy=ReadingPolicy(files=FILES))
    if reading.files["DG2"] != image.files["DG2"]:
        raise ValueError("the chip to measure with was not read")


def _peer(image: ChipImage) -> float | None:
    """Milliseconds of pypassport (GPL-3): a peer where somebody has installed it, never a dependency."""
    if importlib.util.find_spec("pypassport") is None or not isinstance(image.mrz, MrzKey):
        return None
    readers = importlib.import_module("pypassport.reader")
    passport = importlib.import_module("pypassport.epassport").EPassport
    key = (image.mrz.document_number, image.mrz.birth_date, image.mrz.expiry_date)

    def work() -> None:
        connection = readers.getReader()
        reading = passport(connection, key, select_aid=False)
        reading.open(access_control="bac")
        for name in ("Common", "SecurityData", "DG1", "DG2"):
            reading[name]
        connection.disconnect()

    return _best(work)
