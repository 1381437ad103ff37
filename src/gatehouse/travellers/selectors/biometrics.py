"""Opening what was captured of a person. Callers have judged who may see it and leave the leaf in the audit tree."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from gatehouse.platform.config import config
from gatehouse.platform.database import rows
from gatehouse.travellers import vault
from gatehouse.travellers.domain import Captured, Kept

_KEPT = """
SELECT b.id, b.kind, b.image, b.template, b.engine, b.quality, b.captured_at, k.id, k.wrapped
  FROM travellers_biometric b JOIN travellers_biometrickey k ON k.id = b.key_id
 WHERE b.traveller_id = %s AND b.inspection = %s AND k.wrapped IS NOT NULL
 ORDER BY b.captured_at, b.id
"""
_LAST = """
SELECT k.traveller_id, max(b.captured_at)
  FROM travellers_biometrickey k JOIN travellers_biometric b ON b.key_id = k.id
 WHERE k.wrapped IS NOT NULL GROUP BY k.traveller_id ORDER BY 1
"""


def biometrics_of(traveller: UUID, *, inspection: UUID) -> dict[str, Kept]:
    """What was captured of a person at an inspection, the last of each kind; what was erased is not there.

    Raises `UnreadableError` where the installation's key is another one than it was.
    """
    found: dict[str, Kept] = {}
    keys: dict[UUID, bytes] = {}
    for id_, kind, image, template, engine, quality, captured_at, key, wrapped in rows(_KEPT, (traveller, inspection)):
        if key not in keys:
            keys[key] = vault.key_unwrapped(installation_key(), bytes(wrapped), key=key, traveller=traveller)
        place = {"row": id_, "traveller": traveller}
        captured = Captured(
            kind=kind,
            image=vault.opened(keys[key], bytes(image), what=f"{kind} image", **place),
            template=vault.opened(keys[key], bytes(template), what=f"{kind} template", **place) if template else None,
            engine=engine,
            quality=quality,
        )
        found[kind] = Kept(id_, captured, inspection, captured_at)
    return found


def last_captured() -> list[tuple[UUID, datetime]]:
    """Everybody of whom something is kept, with when something was captured last."""
    return [(traveller, last) for traveller, last in rows(_LAST)]


def installation_key() -> bytes:
    return vault.installation_key(config().biometrics_secret())
