"""What the checks of the house are in the guideline: one table, by clause of BSI TR-03135-1 v2.5.

The titles are those of the clauses. A check that the guideline does not have says so by the source it has instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Domain(StrEnum):
    """The application domains of table 6.1 that hold checks of a document."""

    OPTICAL = "optical"
    ELECTRONIC = "electronic"
    COMBINED = "combined"
    SEAL = "seal"
    BIOMETRIC = "biometric"


@dataclass(frozen=True, slots=True)
class Named:
    """A check: its id in the house, where it stands in the guideline, and its title there."""

    id: str
    domain: Domain
    clause: str
    title: str
    #: Where the guideline has no such check: what asks for it. It is logged and not counted.
    instead: str = ""


_O, _E, _C, _S, _B = Domain
CHECKS = (
    Named("mrz_check_digits", _O, "5.5.4.1.1", "Check the MRZ's consistency"),
    Named("bac", _E, "5.6.3.1.1", "Chip access performing BAC"),
    Named("pace", _E, "5.6.3.1.2", "Chip access performing PACE"),
    Named("terminal_authentication", _E, "5.6.3.2", "Additional chip access performing Terminal Authentication"),
    Named("card_access", _E, "5.6.3.1.2", "EF.CardAccess against EF.DG14", "ICAO Doc 9303-11, 9.2"),
    Named("chip", _E, "5.6", "Electronic checks of electronic MRTDs"),
    Named("active_authentication", _E, "5.6.4.1.1", "Checking chip authenticity with AA"),
    Named("chip_authentication", _E, "5.6.4.1.2", "Checking chip authenticity with CA"),
    Named("chip_authentication_mapping", _E, "5.6.4.1.3", "Checking chip authenticity with PACE-CAM"),
    Named("sod_signature", _E, "5.6.4.2.2", "Verification of a security object"),
    Named("dsc_chain", _E, "5.6.4.3.3", "Verification of the DS certificate signature"),
    Named("dsc_validity", _E, "5.6.4.3.4", "Checking the validity of CSCA and DS certificates"),
    Named("revocation", _E, "5.6.4.3.5", "Checking the revocation state of the DS certificate"),
    Named("com_sod", _E, "5.6.4.4.1", "Comparing EF.SOD with EF.COM"),
    Named("dg_hash", _E, "5.6.4.4.2", "Checking data group integrity"),
    Named("dg1_content", _E, "5.8.2.2.1", "Data Group Malformed: EF.DG1"),
    Named("dg2_content", _E, "5.8.2.2.1", "Data Group Malformed: EF.DG2"),
    Named("dg11_content", _E, "5.8.2.2.1", "Data Group Malformed: EF.DG11"),
    Named("issuer_state", _E, "5.6.4.5", "Comparison of the issuing state (EF.DG1 and DS certificate)"),
    Named("known_defects", _E, "5.8.2", "Electronic defects", "BSI TR-03129-2, 7; ICAO Doc 9303-12, 10"),
    Named("algorithm_policy", _E, "5.6.4.2", "Strength of the algorithms", "BSI TR-02102-1"),
    Named("expiry", _C, "5.7.1", "Checking the expiration of the documents"),
    Named("dg1_zone", _C, "5.7.2", "Checking the optical biographic data against the electronic biographic data"),
    Named("face_comparison", _B, "3.6", "Biometric check: live face against EF.DG2", "BSI TR-03121-3"),
)
SEAL_CHECKS = (
    Named("seal_read", _S, "5.9.1.1.3", "Visual to binary conversion"),
    Named("seal_contents", _S, "5.9.1.2.1", "Structure check"),
    Named("seal_zone", _S, "5.9.1.2.3", "MRZ check digit validity check"),
    Named("signer_chain", _S, "5.9.1.3.1", "Seal signer signature check"),
    Named("signer_validity", _S, "5.9.1.3.2", "Seal signer validity period check"),
    Named("signer_revocation", _S, "5.9.1.3.4", "Seal signer trust status assessment"),
    Named("signer_purpose", _S, "5.9.1.3.4", "Seal signer trust status assessment: purpose"),
    Named("seal_signature", _S, "5.9.1.4.1", "Signature"),
    Named("issuer_state", _S, "5.9.1.5", "Country comparison: the seal's and the signer's"),
    Named("document_type", _S, "5.9.1.3.4", "Document types of the signer", "ICAO Doc 9303-13, appendix D"),
    Named("seal_policy", _S, "5.9.1.3.4", "Kinds of seals that are accepted", "ICAO Doc 9303-13, appendix D"),
    Named("algorithm_policy", _S, "5.9.1.4", "Strength of the algorithms", "BSI TR-02102-1"),
)
#: What is no check of a document: what is on record of a person (fingers are compared with those of their entry), and
#: lists. Never in this log (clause 6.2: background).
BACKGROUND = frozenset({"record", "watchlist", "fingerprint_comparison"})
_OF_DOCUMENT = {each.id: each for each in CHECKS}
_OF_SEAL = {each.id: each for each in SEAL_CHECKS}


def named(id: str, *, seal: bool = False) -> Named | None:
    """Where a check stands; None for one that is no check of a document, or that this table does not know."""
    return (_OF_SEAL if seal else _OF_DOCUMENT).get(id)
