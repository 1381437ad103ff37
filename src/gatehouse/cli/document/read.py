"""`gatehouse document read`: read the chip of a travel document and authenticate it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from gatehouse.cli.command import ANYONE, several_values
from gatehouse.cli.document.log_file import log_options, require_log, write_log
from gatehouse.cli.document.terminal import terminal_credentials
from gatehouse.cli.document.trusting import pinned_certificates, revocation_lists, trusted_paths
from gatehouse.cli.streams import read_input, show
from gatehouse.documents.chip.access import AccessKey, CanKey, MrzKey
from gatehouse.documents.chip.apdu import Transport
from gatehouse.documents.chip.errors import CardRemovedError, TransportError
from gatehouse.documents.chip.judging import judge
from gatehouse.documents.chip.reading import ChipReading, ReadingPolicy, attempt
from gatehouse.documents.chip.reading.model import DEFAULT_POLICY
from gatehouse.documents.inspectionlog.sources import of_reading
from gatehouse.documents.lds import file_of
from gatehouse.documents.mrz import Mrz, parse_mrz
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.verdict import Verdict
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result

_SEVERAL = ("--trust", "--crl", "--pinned", "--files", "--terminal")
_SIMULATED = "sim:"
_PROOFS = frozenset({"chip_authentication", "active_authentication"})
#: Characters: fewer name a file.
_SHORTEST_ZONE = 60


@dataclass(frozen=True)
class _Laid:
    """A document on a reader; of a simulated one its printed zone and its issuer's certificates are known."""

    transport: Transport
    zone: str = ""
    authorities: tuple[bytes, ...] = ()
    #: Made of files alone: the keys with which the chip itself proves that it is no copy are in none of them.
    keyless: bool = False


@click.command(
    cls=several_values(*_SEVERAL),
    permission=ANYONE,
    example="gatehouse document read --reader sim:pace-cam --json\n"
    'gatehouse document read --reader "ACS ACR1252 00 00" --mrz zone.txt --trust DE_ML.ml',
)
@click.option("--reader", required=True, metavar="NAME|sim:", help="A PC/SC reader; sim:[DOCUMENT] is simulated.")
@click.option("--mrz", "zone", metavar="LINES", help="The printed zone: a file, - for standard input, or its lines.")
@click.option("--can", metavar="DIGITS", help="The card access number instead.")
@click.option("--trust", multiple=True, metavar="PATH …", help="As for `document verify`.")
@click.option("--pinned", multiple=True, metavar="FILE …", help="What signers of defect lists must chain to.")
@click.option("--crl", "lists", multiple=True, metavar="FILE …", help="Revocation lists of the CSCAs.")
@click.option("--files", multiple=True, metavar="NAME …", help="What to read, such as COM SOD DG1 DG2.")
@click.option("--terminal", multiple=True, metavar="FILE …", help="Card verifiable certificates of this terminal.")
@click.option("--terminal-key", metavar="FILE", help="Its private key, PKCS#8 in DER or PEM: needed for DG3 and DG4.")
@click.option("--bac-after-pace", is_flag=True, help="Let basic access control take the place of PACE that failed.")
@click.option("--save", type=click.Path(path_type=Path), help="Folder to write what was read into, as EF_DG1.bin ….")
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge validity on; today where not given.")
@log_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def read(
    *,
    reader: str,
    zone: str | None,
    can: str | None,
    trust: tuple[str, ...],
    pinned: tuple[str, ...],
    lists: tuple[str, ...],
    files: tuple[str, ...],
    terminal: tuple[str, ...],
    terminal_key: str | None,
    bac_after_pace: bool,
    save: Path | None,
    at: datetime | None,
    log_file: str | None,
    log_profile: str,
    purpose: str,
    as_json: bool,
) -> int:
    """Read the chip that lies on a reader: what opened it, what it holds, what it proves, and how long each step took.

    A simulated document needs neither zone nor trust: its own are taken where none are given. Its name is a kind (bac,
    pace-gm, pace-im, pace-cam, aa, ca, eac), a document of the demo's desks, or a folder of files. Neither the zone nor
    what is in the files is printed. Exit codes: 0 successful, 1 failed, undetermined or not read to the end, 2 no such
    reader or unreadable input.
    """
    require_log(log_file, log_profile, purpose)
    now = SystemClock().now()
    on = (at or now).date()
    policy = ReadingPolicy(
        files=tuple(file_of(name.upper()).name for name in files) or DEFAULT_POLICY.files,
        bac_after_failed_pace=bac_after_pace,
        terminal=terminal_credentials(terminal, terminal_key),
    )
    anchors = TrustStore.load(trusted_paths(trust), pinned=pinned_certificates(pinned)) if trust else None
    crls = [crl for name in lists for crl in revocation_lists(name)]
    with _laid(reader) as laid:
        printed = _zone(zone) if zone is not None else laid.zone
        mrz = parse_mrz(printed, on=on) if printed else None
        anchors = _own_anchors(laid) if anchors is None else anchors
        reading = attempt(laid.transport, _key(mrz, can), policy=policy, trust=anchors)
        if laid.keyless:
            reading = replace(reading, checks=tuple(map(_unproved, reading.checks)))
    verdict = judge(reading, trust=anchors, crls=crls, on=on, zone=mrz)
    if save is not None:
        _save(reading, save)
    known = partial(of_reading, reading, verdict, mrz, at=now, on=on, reader=reader)
    write_log(log_file, known, log_profile, purpose)
    show(_found(reader, reading, verdict), _text(reading, verdict), as_json=as_json)
    return 0 if verdict.result is Result.SUCCESSFUL and reading.stopped is None else 1


def _key(mrz: Mrz | None, can: str | None) -> AccessKey | None:
    if can is not None:
        return CanKey(can)
    return MrzKey.from_mrz(mrz) if mrz is not None else None


def _zone(given: str) -> str:
    """The lines themselves, or what is in the file of that name."""
    if not given:
        raise UnreadableError("--mrz takes the lines of a zone, or the name of a file")
    if len("".join(given.split())) > _SHORTEST_ZONE and not _is_file(given):
        return given
    try:
        return read_input(given).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError("this is no text, and so no machine readable zone") from error


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # longer than a file's name can be
        return False


@contextmanager
def _laid(reader: str) -> Iterator[_Laid]:
    opening: Callable[[str], Any] = _simulated if reader.startswith(_SIMULATED) else _on_reader
    with opening(reader) as laid:
        yield laid


@contextmanager
def _simulated(reader: str) -> Iterator[_Laid]:
    from gatehouse.cli.demo_mode import take_demo_mode
    from gatehouse.cli.document.simulated import DEFAULT_DOCUMENT, simulated_document
    from gatehouse.documents.chip.simulator import SimulatedChip

    take_demo_mode()
    name = reader.removeprefix(_SIMULATED) or DEFAULT_DOCUMENT
    served = simulated_document(name)
    zone = "\n".join(served.mrz_lines)
    yield _Laid(SimulatedChip(served.image), zone, served.authorities, keyless=Path(name).is_dir())


def _unproved(check: Check) -> Check:
    """What only the chip's own key could prove is not known of its files."""
    if check.id not in _PROOFS or check.result is not Result.FAILED:
        return check
    reason = Reason("these are a chip's files without its private key: whether the chip proves it, they cannot show")
    return Check(check.id, Result.UNDETERMINED, reason, check.duration_ms)


@contextmanager
def _on_reader(reader: str) -> Iterator[_Laid]:
    """Raises `UnreadableError` where there is no such reader, or no document on it."""
    from gatehouse.workstations.pcsc import Context

    try:
        context = Context()
    except TransportError as error:
        raise UnreadableError("%(cause)s", cause=error.reason) from error
    with context:
        try:
            card = context.connect(reader)
        except CardRemovedError as error:
            raise UnreadableError("no document lies on the reader %(reader)s", reader=reader) from error
        except TransportError as error:
            raise UnreadableError("%(cause)s", cause=error.reason) from error
        with card:
            yield _Laid(card)


def _own_anchors(laid: _Laid) -> TrustStore:
    return TrustStore([Certificate.read(der) for der in laid.authorities])


def _save(reading: ChipReading, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in {**reading.files, **reading.card_files}.items():
            (folder / f"EF_{name}.bin").write_bytes(data)
    except OSError as error:
        cause = error.strerror
        raise UnreadableError("%(folder)s cannot be written: %(cause)s", folder=str(folder), cause=cause) from error


def _found(reader: str, reading: ChipReading, verdict: Verdict) -> dict[str, Any]:
    return {
        "reader": reader,
        "access": reading.access,
        "files": {name: len(data) for name, data in reading.files.items()},
        **verdict.as_dict(),
        "events": [event.as_dict() for event in reading.events],
        "stopped": str(reading.stopped) if reading.stopped else None,
        "timings_ms": dict(reading.timings_ms),
    }


def _text(reading: ChipReading, verdict: Verdict) -> str:
    signer = verdict.signer
    named = f"{signer.subject}, serial {signer.serial}" if signer else "not known"
    held = ", ".join(f"{name} {len(data)}" for name, data in reading.files.items()) or "nothing"
    lines = [verdict.result.value, f"access: {reading.access}", f"read (bytes): {held}", f"signer: {named}"]
    lines += [f"{check.id:<28} {check.result.value:<13} {check.reason}" for check in verdict.checks]
    lines += [f"! {event.at_ms:.0f} ms {event.name}: {event.detail}" for event in reading.events]
    return "\n".join([*lines, "ms: " + ", ".join(f"{name} {taken:.1f}" for name, taken in reading.timings_ms.items())])
