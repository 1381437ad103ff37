"""Whether the parts of one document agree: the printed zone with the chip's, EF.COM with EF.SOD."""

from __future__ import annotations

from gatehouse.documents.lds import com, file_of
from gatehouse.documents.lds import dg1 as dg1_file
from gatehouse.documents.lds.sod import DocumentSecurityObject
from gatehouse.documents.mrz import Mrz
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result


def same_zone(dg1: bytes, zone: Mrz) -> Check | None:
    """Whether EF.DG1 holds the zone that is printed; None where EF.DG1 cannot be read, which is another check's."""
    try:
        held = dg1_file.read(dg1).mrz
    except UnreadableError:
        return None
    if held == zone.text:
        return Check("dg1_zone", Result.SUCCESSFUL, Reason("the chip holds the zone that is printed"))
    return Check("dg1_zone", Result.FAILED, Reason("the chip holds another zone than the one that is printed"))


def same_groups(ef_com: bytes | None, sod: DocumentSecurityObject) -> Check:
    """Whether EF.COM, which is not signed, lists the data groups that EF.SOD does (BSI TR-03135-1 clause 5.6.4)."""
    if ef_com is None:
        return Check("com_sod", Result.UNDETERMINED, Reason("EF.COM was not read"))
    try:
        claimed = {file_of(tag).number for tag in com.read(ef_com).tags}
    except UnreadableError as error:
        return Check("com_sod", Result.FAILED, error.reason)
    hidden, added = _names(sod.hashes.keys() - claimed), _names({each for each in claimed if each} - sod.hashes.keys())
    if hidden and added:
        reason = Reason("EF.COM hides %(hidden)s and lists %(added)s, which nobody signed", hidden=hidden, added=added)
        return Check("com_sod", Result.FAILED, reason)
    if hidden:
        return Check("com_sod", Result.FAILED, Reason("EF.COM hides %(hidden)s", hidden=hidden))
    if added:
        return Check("com_sod", Result.FAILED, Reason("EF.COM lists %(added)s, which nobody signed", added=added))
    return Check("com_sod", Result.SUCCESSFUL, Reason("EF.COM lists what EF.SOD signs"))


def _names(numbers: set[int]) -> str:
    return ", ".join(f"DG{number}" for number in sorted(numbers))
