"""`gatehouse document simulate`: put a simulated chip on the virtual reader, as a document that lies there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.demo_mode import take_demo_mode
from gatehouse.cli.document.simulated import DEFAULT_DOCUMENT, simulated_document, waiting_line
from gatehouse.cli.streams import show
from gatehouse.documents.chip.errors import TransportError
from gatehouse.documents.chip.simulator import Fault, SimulatedChip
from gatehouse.documents.chip.simulator.cases import CASES
from gatehouse.documents.chip.simulator.vpcd import PORT, VirtualReader
from gatehouse.kernel.errors import UnreadableError
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.issuing import Fault as DocumentFault
from gatehouse.simulation.served import Served, waiting

#: Faults of the document itself, beside those of its chip.
_OF_DOCUMENT = {fault.name.lower().replace("_", "-"): fault for fault in DocumentFault}

#: Seconds: pcscd asks its readers every 0.4 s.
_NOTICED_WITHIN = 3.0


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse document simulate --pcsc --document pace-gm --trust-out /tmp/trust",
)
@click.option("--pcsc", is_flag=True, help="Serve it at the virtual reader of pcscd; without: say what can be served.")
@click.option("--document", default=DEFAULT_DOCUMENT, show_default=True, help="A kind, one that waits, or a folder.")
@click.option("--fault", "faults", multiple=True, metavar="CASE", help="What is to go wrong; may be given repeatedly.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the virtual reader listens.")
@click.option("--port", type=int, default=PORT, show_default=True, help="The port of its slot.")
@click.option("--trust-out", type=click.Path(path_type=Path), help="Folder to write what trusts it into.")
@click.option("--trace", is_flag=True, help="Show each command and response on standard error.")
@click.option("--json", "as_json", is_flag=True, help="Print what is served as one JSON document.")
def simulate(
    *,
    pcsc: bool,
    document: str,
    faults: tuple[str, ...],
    host: str,
    port: int,
    trust_out: Path | None,
    trace: bool,
    as_json: bool,
) -> int:
    """Let a simulated document lie on a virtual reader until interrupted.

    The reader is that of the package vsmartcard-vpcd in a running pcscd. --document takes the kind of a made-up
    passport of the profile's state (bac, pace-gm, pace-im, pace-cam, aa, ca, eac), a document that waits at the desks
    of `gatehouse demo`, by its name in the list, or a folder with EF_COM.bin, EF_DG1.bin and so on. Without --pcsc all
    documents and faults are listed. In demo mode alone. Exit codes: 0 taken away, 2 no such document, fault or reader.
    """
    take_demo_mode()
    if not pcsc:
        show(_choices(), _choices_text(), as_json=as_json)
        return 0
    of_chip, of_document = _sorted(faults)
    served = simulated_document(document, of_document)
    if trust_out is not None:
        _write_trust(served, trust_out)
    reader = _reader(host, port)
    show(*_said(served, faults, host, port), as_json=as_json)
    try:
        reader.serve(SimulatedChip(served.image, faults=of_chip), report=_trace if trace else None)
    except KeyboardInterrupt:
        reader.remove()
    click.echo("The document has left the reader.", err=True)
    return 0


def _sorted(names: Iterable[str]) -> tuple[list[Fault], DocumentFault | None]:
    """The faults of the chip, and the one of the document. Raises `UnreadableError` for a name that is none."""
    of_chip: list[Fault] = []
    of_document: DocumentFault | None = None
    for name in names:
        if name in CASES:
            of_chip.append(CASES[name].fault)
        elif name in _OF_DOCUMENT and of_document is None:
            of_document = _OF_DOCUMENT[name]
        else:
            raise UnreadableError("%(name)s is no fault, or a second one of the document", name=name[:80])
    return of_chip, of_document


def _reader(host: str, port: int) -> VirtualReader:
    """Raises `UnreadableError` where none listens, or another document lies on it."""
    try:
        reader = VirtualReader(host, port)
    except TransportError as error:
        raise UnreadableError("%(cause)s; install vsmartcard-vpcd and start pcscd", cause=error.reason) from error
    if not reader.is_taken(_NOTICED_WITHIN):
        reader.remove()
        raise UnreadableError(
            "the virtual reader at %(host)s, port %(port)d does not take the document: another lies on it",
            host=host,
            port=port,
        )
    return reader


def _write_trust(served: Served, folder: Path) -> None:
    """The CSCA certificates; and where only authorised terminals read it all, those of one and its key."""
    if not served.authorities:
        raise UnreadableError("the certificates of whoever issued %(name)s are not known here", name=served.name)
    files = {f"simulated-{number}.cer": der for number, der in enumerate(served.authorities, start=1)}
    if served.terminals is not None:
        verifier, terminal = served.terminals.verifier, served.terminals.terminal
        files["verifier.cvcert"], files["terminal.cvcert"] = verifier.encoded, terminal.encoded
        files["terminal.pkcs8"] = terminal.private
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
    except OSError as error:
        cause = error.strerror
        raise UnreadableError("%(folder)s cannot be written: %(cause)s", folder=folder, cause=cause) from error


def _said(served: Served, faults: tuple[str, ...], host: str, port: int) -> tuple[dict[str, Any], str]:
    can = served.image.can.digits if served.image.can else None
    found: dict[str, Any] = {
        "document": served.name,
        "mrz": list(served.mrz_lines),
        "can": can,
        "files": sorted(served.image.files),
        "faults": list(faults),
        "reader": f"{host}:{port}",
    }
    lines = [
        f"document {served.name} lies on the virtual reader at {host}, port {port}",
        *served.mrz_lines,
        *([f"card access number {can}"] if can else []),
        f"files {', '.join(found['files'])}",
        *(f"fault {name}: {_text_of(name)}" for name in faults),
        "Ctrl-C takes it away",
    ]
    return found, "\n".join(lines)


def _text_of(name: str) -> str:
    return CASES[name].text if name in CASES else _OF_DOCUMENT[name].value


def _choices() -> dict[str, Any]:
    return {
        "kinds": [kind.value for kind in ChipKind],
        "waiting": list(waiting(waiting_line())),
        "faults": {name: _text_of(name) for name in (*CASES, *_OF_DOCUMENT)},
    }


def _choices_text() -> str:
    choices = _choices()
    lines = [f"kinds of made-up documents: {', '.join(choices['kinds'])}"]
    lines.append(f"waiting at the demo's desks: {', '.join(choices['waiting']) or 'none; run gatehouse demo first'}")
    lines += ["faults:", *(f"  {name:<18} {text}" for name, text in choices["faults"].items())]
    return "\n".join(lines)


def _trace(command: bytes, response: bytes) -> None:
    click.echo(f"> {command.hex().upper()}\n< {response.hex().upper()}", err=True)
