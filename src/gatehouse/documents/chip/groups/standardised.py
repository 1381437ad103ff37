"""The standardised domain parameters of ICAO 9303-11 table 12."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from gatehouse.documents.chip.errors import UnsupportedProtocolError
from gatehouse.documents.chip.groups.base import Group
from gatehouse.documents.chip.groups.elliptic import EllipticGroup
from gatehouse.documents.chip.groups.modp import ModpGroup
from gatehouse.documents.pki.curves import known_curves

#: standardizedDomainParameters, bsi-de algorithms(1) 2: clause 9.5.1.
STANDARDISED = "0.4.0.127.0.7.1.2"
_CURVES = {
    8: "secp192r1",
    9: "brainpoolP192r1",
    10: "secp224r1",
    11: "brainpoolP224r1",
    12: "secp256r1",
    13: "brainpoolP256r1",
    14: "brainpoolP320r1",
    15: "secp384r1",
    16: "brainpoolP384r1",
    17: "brainpoolP512r1",
    18: "secp521r1",
}


@cache
def standardised_group(identifier: int) -> Group:
    """The group of a parameter identifier from 0 to 18. Raises `UnsupportedProtocolError` for those reserved."""
    if identifier in _CURVES:
        return EllipticGroup(known_curves()[_CURVES[identifier].lower()])
    if identifier in modp_groups():
        return modp_groups()[identifier]
    raise UnsupportedProtocolError("the domain parameters %(id)d are not standardised", id=identifier)


@cache
def modp_groups() -> dict[int, ModpGroup]:
    """The groups of RFC 5114 over prime fields, by their identifier; data/modp_groups.csv has sources."""
    table = (files(__package__) / "data" / "modp_groups.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return {
        int(row["id"]): ModpGroup(row["name"], int(row["p"], 16), int(row["g"], 16), int(row["q"], 16)) for row in rows
    }
