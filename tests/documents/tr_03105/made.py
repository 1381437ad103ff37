"""Documents with a choice of protocols, signed as they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from asn1crypto import core
from tests.documents import pki_factory as pki
from tests.documents.tr_03105.inspection import SIGNER, document

from gatehouse.documents.chip.groups import standardised_group
from gatehouse.documents.chip.simulator import ChipImage
from gatehouse.documents.lds.security_infos import NAMES
from gatehouse.documents.tlv import compose
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.issuing.data_groups import dg14
from gatehouse.simulation.issuing.security_infos import static_key

OIDS = {name: oid for oid, name in NAMES.items()}
SECURITY_INFOS = "0.4.0.127.0.7.3.2.1"
#: The private key of chip authentication mapping.
MAPPING_KEY = 4711
BRAINPOOL_P256 = 13


def oid(dotted: str) -> bytes:
    return bytes(core.ObjectIdentifier(dotted).dump())


def number(value: int) -> bytes:
    return bytes(core.Integer(value).dump())


def sequence(*parts: bytes) -> bytes:
    return compose(0x30, *parts)


def info(protocol: str, *parts: bytes) -> bytes:
    """A SecurityInfo of a protocol by its name, or its object identifier."""
    return sequence(oid(OIDS.get(protocol, protocol)), *parts)


def pace(name: str, parameters: int) -> bytes:
    """PACEInfo of version 2: `pace("ECDH-GM-AES-CBC-CMAC-128", 13)`."""
    return info(f"id-PACE-{name}", number(2), number(parameters))


def opened_by_pace(*infos: bytes, card_access: bytes | None = None, **image: Any) -> ChipImage:
    """A document that announces these ways of PACE, in EF.DG14 as in EF.CardAccess."""
    listed = compose(0x31, *infos)
    files = {"CardAccess": listed if card_access is None else card_access, "DG14": dg14(listed)}
    return document(ChipKind.PACE_GM, files=files, basic_access=False, **image)


def mapped(
    parameters: int = BRAINPOOL_P256,
    *,
    suite: str = "AES-CBC-CMAC-128",
    published: int = MAPPING_KEY,
    keys: bool = True,
    infos: Iterable[bytes] | None = None,
    signer: pki.Identity = SIGNER,
    repeated: bool = True,
) -> ChipImage:
    """A document with chip authentication mapping: what EF.CardSecurity publishes, and who signed it."""
    way = pace(f"ECDH-CAM-{suite}", parameters)
    group = standardised_group(parameters)
    key = static_key(parameters, group.public_key(published))
    content = compose(0x31, *(infos if infos is not None else (way, *((key,) if keys else ()))))
    options = pki.SodOptions(content_type=SECURITY_INFOS)
    access = compose(0x31, way)
    files = {
        "CardAccess": access,
        "CardSecurity": pki.signed_data(signer, content, options),
        "DG14": dg14(compose(0x31, way, key) if repeated else compose(0x31)),
    }
    return document(ChipKind.PACE_GM, files=files, basic_access=False, mapping_key=MAPPING_KEY)
