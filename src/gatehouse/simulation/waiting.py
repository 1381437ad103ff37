"""The documents of travellers who wait at the demo's desks, as files: read without a database.

They are made once, by `gatehouse demo`, and lie in the folder `demo-reader` of the installation's state with the keys
of their chips, so that no key of whoever issued them is kept. Each direction has its own line; at its end it begins
anew.
"""

from __future__ import annotations

import fcntl
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from gatehouse.documents import lds
from gatehouse.documents.chip.access import CanKey, MrzKey
from gatehouse.documents.chip.groups import standardised_group
from gatehouse.documents.chip.simulator import ChipImage
from gatehouse.documents.chip.simulator.image import AgreementKey
from gatehouse.documents.mrz import parse_mrz
from gatehouse.simulation.issuing.chips import PARAMETERS

FOLDER = "demo-reader"
_IN_APPLICATION = frozenset(file.name for file in lds.FILES)


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    mrz: str = field(repr=False)
    chip: ChipImage = field(repr=False)
    live_image: bytes = field(repr=False)
    #: What happens with it at a simulated reader, by the words of `workstations.simulated.Mishap`; empty for nothing.
    mishap: str = ""

    @property
    def files(self) -> dict[str, bytes]:
        """What a reader delivers of the chip."""
        return {name: data for name, data in self.chip.files.items() if name in _IN_APPLICATION}

    def write(self, file: Path) -> None:
        kept = {
            "mrz": self.mrz,
            "files": {name: b64encode(data).decode() for name, data in self.chip.files.items()},
            "keys": _keys(self.chip),
            "live_image": b64encode(self.live_image).decode(),
            "mishap": self.mishap,
        }
        file.write_text(json.dumps(kept))

    @classmethod
    def read(cls, file: Path) -> WaitingDocument:
        kept: dict[str, Any] = json.loads(file.read_text())
        files = {name: b64decode(data) for name, data in kept["files"].items()}
        chip = _chip(files, kept["mrz"], kept["keys"])
        return cls(kept["mrz"], chip, b64decode(kept["live_image"]), kept["mishap"])


class Line:
    """Who waits in one direction. Two desks that ask at once get two people."""

    def __init__(self, folder: Path, direction: str) -> None:
        self._folder, self._direction = folder, direction

    def next(self) -> WaitingDocument | None:
        """Whoever is next; None where nobody waits."""
        waiting = sorted(self._folder.glob(f"{self._direction}-*.json"))
        return WaitingDocument.read(waiting[self._take() % len(waiting)]) if waiting else None

    def _take(self) -> int:
        """The place in the line, and the line moves on."""
        with (self._folder / f"{self._direction}.next").open("a+") as counter:
            fcntl.flock(counter, fcntl.LOCK_EX)
            counter.seek(0)
            place = int(counter.read() or 0)
            counter.truncate(0)
            counter.write(str(place + 1))
        return place


def _keys(chip: ChipImage) -> dict[str, Any]:
    """What the chip holds beside its files; that of the zone follows from what is printed."""
    key = chip.active_key
    active = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()) if key else b""
    return {
        "can": chip.can.digits if chip.can else None,
        "mapping": chip.mapping_key,
        "active": b64encode(active).decode(),
        "agreement": [key.private for key in chip.agreement_keys],
    }


def _chip(files: Mapping[str, bytes], mrz: str, keys: Mapping[str, Any]) -> ChipImage:
    active = load_der_private_key(b64decode(keys["active"]), None) if keys["active"] else None
    return ChipImage(
        files,
        mrz=MrzKey.from_mrz(parse_mrz(mrz, on=date.today())),  # noqa: DTZ011 (only centuries depend on it)
        can=CanKey(keys["can"]) if keys["can"] else None,
        mapping_key=keys["mapping"],
        active_key=active,  # type: ignore[arg-type] # written above
        agreement_keys=tuple(AgreementKey(standardised_group(PARAMETERS), private) for private in keys["agreement"]),
    )
