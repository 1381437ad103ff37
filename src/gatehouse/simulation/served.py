"""Documents whose chip can be served: made up for the occasion, waiting at the demo's desks, or files in a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from gatehouse.documents import lds
from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.simulator import ChipImage
from gatehouse.documents.lds import dg1
from gatehouse.documents.lds.security_infos import NAMES
from gatehouse.documents.mrz import parse_mrz
from gatehouse.documents.pki.names import dotted
from gatehouse.documents.tlv import compose, outermost
from gatehouse.kernel.errors import UnreadableError
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import ChipKind, Fault, Issuer
from gatehouse.simulation.issuing.data_groups import atr_info
from gatehouse.simulation.issuing.terminals import TerminalAuthority
from gatehouse.simulation.waiting import WaitingDocument

_SEED, _YOUNGEST = 11, 18
#: Files of the master file and the application that are no data groups.
_OTHERS = ("CardAccess", "CardSecurity", "ATR/INFO", "DIR", "CVCA")
_NAMES = {name.casefold().replace("/", "_"): name for name in (*(file.name for file in lds.FILES), *_OTHERS)}
_LARGEST = 1024 * 1024
#: What a made-up chip takes and gives at a time, with extended lengths.
_LONGEST = 65_535
_OBJECT_IDENTIFIER = 0x06


@dataclass(frozen=True)
class Served:
    """A document: what is printed on it, its chip, and the CSCA certificates (DER) of whoever made it up."""

    name: str
    mrz_lines: tuple[str, ...]
    image: ChipImage
    authorities: tuple[bytes, ...] = field(default=(), repr=False)
    #: Who may read its fingerprints, where it keeps some.
    terminals: TerminalAuthority | None = field(default=None, repr=False)


def made_up(kind: ChipKind, *, country2: str, country3: str, on: date, fault: Fault | None = None) -> Served:
    """A passport of that state whose chip is of that kind. Its keys are made now."""
    issuer = Issuer(country2, country3, seed=_SEED, on=on, chips=kind)
    document = issuer.personalise(made_up_holder(country3, _SEED, on=on, youngest=_YOUNGEST), fault=fault)
    lengths = {"ATR/INFO": atr_info(_LONGEST)}
    image = replace(document.image, files={**document.image.files, **lengths})
    terminals = issuer.terminals if kind is ChipKind.EAC else None
    return Served(kind.value, document.mrz_lines, image, issuer.csca_certificates(), terminals)


def waiting(folder: Path) -> tuple[str, ...]:
    """The names of the documents that wait at the demo's desks: entry-0001 and so on."""
    return tuple(sorted(path.stem for path in folder.glob("*-*.json")))


def waiting_document(folder: Path, name: str, *, on: date) -> Served:
    """One that waits. Raises `UnreadableError`."""
    if name not in waiting(folder):
        raise UnreadableError(
            "%(name)s is no kind of document, no folder, and none that waits at the desks of a demo:"
            " gatehouse document simulate lists them",
            name=name,
        )
    kept = WaitingDocument.read(folder / f"{name}.json")
    return Served(name, parse_mrz(kept.mrz, on=on).lines, kept.chip)


def in_folder(folder: Path, *, on: date) -> Served:
    """The files EF_COM.bin, EF_DG1.bin and so on of a folder, opened by the zone in their EF.DG1.

    Raises `UnreadableError` where that is missing or is none.
    """
    files = {}
    for path in sorted(folder.glob("*.bin")):
        name = _NAMES.get(path.stem.casefold().removeprefix("ef_"))
        if name is not None and path.stat().st_size <= _LARGEST:
            files[name] = path.read_bytes()
    if "DG1" not in files:
        raise UnreadableError("the folder %(folder)s holds no EF_DG1.bin", folder=folder)
    return _of_files(folder.name, files, "\n".join(dg1.read(files["DG1"]).lines), on=on)


def _of_files(name: str, files: Mapping[str, bytes], mrz: str, *, on: date) -> Served:
    """The chip has no private keys: it opens by BAC, and by the PACE that EF.DG14 announces."""
    zone = parse_mrz(mrz, on=on)
    announced = _card_access(files)
    if announced is not None:
        files = {"CardAccess": announced, **files}
    return Served(name, zone.lines, ChipImage(files, mrz=MrzKey.from_mrz(zone)))


def _card_access(files: Mapping[str, bytes]) -> bytes | None:
    """EF.CardAccess as EF.DG14 repeats it; None where it names no PACE but that of chip authentication mapping."""
    if "DG14" not in files:
        return None
    infos = [bytes(info.raw) for info in outermost(files["DG14"], 0x6E).need(0x31).children() if _is_pace(info.value)]
    return compose(0x31, *infos) if infos else None


def _is_pace(info: memoryview) -> bool:
    identifier = dotted(bytes(outermost(info, _OBJECT_IDENTIFIER).value))
    name = NAMES.get(identifier, "")
    return name.startswith("id-PACE-") and "-CAM-" not in name
