"""Processing errors as numbers (BSI TR-03135-1 v2.5 clause 5.3: a vendor's own are from 1,000 to 999,999).

The thousand is the class of the check: 1 optical, 2 electronic, 3 combined, 4 digital seal, 5 biometric.
"""

from __future__ import annotations

from collections.abc import Mapping

from gatehouse.documents.inspectionlog.names import Domain

#: The event of a reading -> its number, which never changes its meaning, and a short description.
ELECTRONIC_ERRORS: Mapping[str, tuple[int, str]] = {
    "card_removed": (2001, "the document was taken away while it was read"),
    "card_timeout": (2002, "the chip or its reader did not answer in time"),
    "transport_failed": (2003, "the way to the chip broke off"),
    "session_ended": (2004, "secure messaging broke off"),
    "reading_failed": (2005, "the reading ended in an error"),
    "access_failed": (2010, "the chip stayed closed"),
    "pace_failed": (2011, "PACE failed"),
    "fell_to_bac": (2012, "BAC took the place of PACE that failed"),
    "file_short": (2020, "a file is shorter than it says"),
    "file_too_large": (2021, "a file says it is larger than is read"),
    "file_unreadable": (2022, "a file cannot be read"),
    "file_empty": (2023, "a file is empty"),
    "file_missing": (2024, "a file is missing"),
    "file_protected": (2025, "a file is not given"),
    "reopened": (2030, "the chip ended the session and was opened once more"),
    "extended_refused": (2031, "extended lengths were refused"),
}
#: Events by which a reading ends before its time.
ENDINGS = ("card_removed", "card_timeout", "transport_failed", "session_ended", "reading_failed", "access_failed")
_UNNAMED = {
    Domain.OPTICAL: 1000,
    Domain.ELECTRONIC: 2000,
    Domain.COMBINED: 3000,
    Domain.SEAL: 4000,
    Domain.BIOMETRIC: 5000,
}


def code_of(domain: Domain, events: tuple[str, ...]) -> int:
    """Of an aborted check: the number of what ended the reading, or that of an error nobody named."""
    ending = next((name for name in events if name in ENDINGS), None)
    if domain is Domain.ELECTRONIC and ending is not None:
        return ELECTRONIC_ERRORS[ending][0]
    return _UNNAMED[domain]
