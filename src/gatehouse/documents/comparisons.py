"""Whether the parts of one document agree and are whole: the zone, the chip's zone, EF.COM with EF.SOD."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from gatehouse.documents.lds import READABLE, com, file_of
from gatehouse.documents.lds import dg1 as dg1_file
from gatehouse.documents.lds import read as read_file
from gatehouse.documents.lds.sod import DocumentSecurityObject
from gatehouse.documents.mrz import Mrz
from gatehouse.documents.mrz.formats import FORMATS
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result

#: What every document holds (ICAO 9303-10 clause 4.7): without both, a signature says nothing of who stands there.
MANDATORY = ("DG1", "DG2")


def unreadable(files: Mapping[str, bytes]) -> Iterator[Check]:
    """A failed check for each data group that is not as ICAO 9303-10 clause 4.7 has it, whoever signed it."""
    for name, data in files.items():
        if name in READABLE and name != "COM":  # which is compared as a whole
            try:
                read_file(name, data)
            except UnreadableError as error:
                yield Check(f"{name.lower()}_content", Result.FAILED, error.reason)


def not_given(names: Collection[str]) -> Check | None:
    """That signed data groups were not read: what a copy leaves out was compared with nothing. None for none."""
    if not names:
        return None
    missing = Reason("signed and not read, so not compared: %(groups)s", groups=", ".join(names))
    return Check("signed_groups", Result.UNDETERMINED, missing)


def check_digits(zone: Mrz) -> Check:
    """Whether every check digit of the printed zone is right (BSI TR-03135-1 clause 5.5.4.1.1)."""
    wrong = ", ".join(name for name, right in zone.checks.items() if not right)
    if wrong:
        return Check("mrz_check_digits", Result.FAILED, Reason("wrong: %(elements)s", elements=wrong))
    return Check("mrz_check_digits", Result.SUCCESSFUL, Reason("every check digit is right"))


def expiry(last_day: date | None, on: date) -> Check:
    """Whether the document is still valid on that day (BSI TR-03135-1 clause 5.7.1)."""
    if last_day is None:
        return Check("expiry", Result.UNDETERMINED, Reason("the date of expiry is not known"))
    if last_day < on:
        return Check("expiry", Result.FAILED, Reason("expired on %(day)s", day=last_day.isoformat()))
    return Check("expiry", Result.SUCCESSFUL, Reason("valid until %(day)s", day=last_day.isoformat()))


def same_zone(dg1: bytes, zone: Mrz) -> Check | None:
    """Whether EF.DG1 holds the zone that is printed; None where EF.DG1 cannot be read, which is another check's."""
    begun = time.perf_counter_ns()
    try:
        held = dg1_file.read(dg1).mrz
    except UnreadableError:
        return None
    check = Check("dg1_zone", Result.SUCCESSFUL, Reason("the chip holds the zone that is printed"))
    if held != zone.text:
        elements = ", ".join(differing(held, zone))
        another = Reason("the chip holds another zone than the one that is printed: %(elements)s", elements=elements)
        check = Check("dg1_zone", Result.FAILED, another)
    return check.taking((time.perf_counter_ns() - begun) / 1e6)


def differing(held: str, zone: Mrz) -> tuple[str, ...]:
    """The data elements in which two zones differ, by their names in `mrz.formats` without those of check digits.

    "zone" where they are not of one length.
    """
    places = FORMATS[zone.format].places
    if len(held) != len(zone.text):
        return ("zone",)
    found = {name.removesuffix("_check") for name, place in places.items() if held[place] != zone.text[place]}
    return tuple(name for name in (*places, "composite") if name in found)


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
