"""The opening of a chip as the guideline has it: BAC and PACE are a check each (clauses 5.6.3.1.1 and 5.6.3.1.2)."""

from __future__ import annotations

from collections.abc import Collection

from gatehouse.kernel.results import Check, Reason, Result

_NOT_NEEDED = Reason("was not needed to open the chip")


def access_checks(opening: Check, access: str, events: Collection[str]) -> tuple[Check, Check]:
    """BAC and PACE, from how the chip was opened and what happened on the way. Neither is ever undetermined."""
    if access.startswith("PACE"):
        return _not_needed("bac"), _taken("pace", opening, opening.result)
    if "fell_to_bac" in events:
        pace = Check("pace", Result.FAILED, Reason("PACE failed, and the policy let basic access control follow"))
        return _taken("bac", opening, Result.SUCCESSFUL if access == "BAC" else opening.result), pace
    if access == "BAC" or "no_pace" in events:
        nobody = access == "none" and opening.result is Result.SUCCESSFUL
        return _not_needed("bac") if nobody else _taken("bac", opening, opening.result), _not_needed("pace")
    if opening.result is Result.SUCCESSFUL:
        return _not_needed("bac"), _not_needed("pace")
    return _not_needed("bac"), _taken("pace", opening, opening.result)


def _taken(id: str, opening: Check, result: Result) -> Check:
    return Check(id, result, opening.reason, opening.duration_ms)


def _not_needed(id: str) -> Check:
    return Check(id, Result.NOT_SUPPORTED, _NOT_NEEDED)
