"""Text and dates as data groups hold them: ASCII or UTF-8, and dates as digits or as packed digits (BCD)."""

from __future__ import annotations

from gatehouse.documents.tlv import Tlv
from gatehouse.kernel.errors import UnreadableError


def ascii_text(found: Tlv) -> str:
    """Raises `UnreadableError` for anything but printable ASCII."""
    content = bytes(found.value)
    if not content.isascii() or not content.decode("ascii").isprintable():
        raise UnreadableError("data object %(tag)s is not plain text", tag=f"{found.tag:02X}")
    return content.decode("ascii")


def free_text(found: Tlv | None) -> str | None:
    """UTF-8, by ICAO 9303-10; what is not valid UTF-8 is read as Latin-1, which older documents hold."""
    if found is None:
        return None
    content = bytes(found.value)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def partial_date(found: Tlv | None) -> str | None:
    """A date YYYYMMDD as ISO 8601, "YYYY-MM" or "YYYY" where its rest is unknown (zeros or fillers), else None.

    Eight digits in ASCII, or four octets of packed digits (9303-10 clause 4.7.12: both are to be read).
    """
    if found is None:
        return None
    digits = _digits(found, 8)
    year, month, day = digits[:4], digits[4:6], digits[6:8]
    if not year.isdigit() or year == "0000":
        return None
    if not month.isdigit() or month == "00":
        return year
    if month > "12" or (day.isdigit() and day > "31"):
        raise UnreadableError("%(digits)s is no date", digits=digits)
    return f"{year}-{month}" if not day.isdigit() or day == "00" else f"{year}-{month}-{day}"


def date_time(found: Tlv | None) -> str | None:
    """A moment YYYYMMDDhhmmss, in ASCII or packed, as ISO 8601 without a zone, which the standard does not name."""
    if found is None:
        return None
    digits = _digits(found, 14)
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:10]}:{digits[10:12]}:{digits[12:14]}"


def _digits(found: Tlv, count: int) -> str:
    digits = bytes(found.value).hex() if len(found.value) == count // 2 else ascii_text(found)
    if len(digits) != count or not set(digits) <= set("0123456789<"):
        raise UnreadableError("data object %(tag)s is no date", tag=f"{found.tag:02X}")
    return digits
