"""The database's own log against the checkpoints kept outside: `verifier.verify`, and what only the database knows."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from gatehouse.audit import domain
from gatehouse.audit.checkpoint import VerifierKey
from gatehouse.audit.models import Leaf, Payload
from gatehouse.audit.selectors import log_lines
from gatehouse.audit.verifier import Finding, Verdict, verify
from gatehouse.kernel.results import Reason

_CHUNK = 5_000


def verify_database(
    notes: Sequence[str], keys: Sequence[VerifierKey], progress: Callable[[int], None] | None = None
) -> Verdict:
    """Judge the log in the database, its payloads and its leaves without a place, and name the first bad entry."""
    verdict = verify(log_lines(), notes, keys, progress)
    findings = [found for found in (verdict.first_bad, _altered_payload(), _forgotten(verdict.size)) if found]
    verdict.first_bad = min(findings, key=lambda found: found.index, default=None)
    return verdict


def _altered_payload() -> Finding | None:
    """The first entry whose payload is there but is not what the leaf commits to."""
    rows = Payload.objects.filter(leaf__entry__isnull=False).order_by("leaf__entry__index")
    fields = rows.values_list("leaf__entry__index", "leaf__body", "salt", "subject", "body")
    for index, leaf, salt, subject, body in fields.iterator(chunk_size=_CHUNK):
        whole = domain.commitment(bytes(salt), body) == _committed(leaf)
        if not whole or json.loads(body)["subject"] != subject:
            return Finding(index, Reason("what this entry commits to was changed beside the tree"))
    return None


def _committed(leaf: str) -> str | None:
    """The commitment in a leaf, None where what stands there is no leaf any more."""
    try:
        found: str = json.loads(leaf)["commitment"]
    except (ValueError, TypeError, KeyError):
        return None
    return found


def _forgotten(size: int) -> Finding | None:
    """Leaves that neither have a place nor wait for one."""
    count = Leaf.objects.filter(entry__isnull=True, pending__isnull=True).count()
    reason = Reason("%(count)d leaves neither have a place in the tree nor wait for one", count=count)
    return Finding(size, reason) if count else None
