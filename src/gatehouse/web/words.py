"""The words of the house, as the screens say them. A state is a word, a shape and a colour, in this order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from gatehouse.audit.api import Purpose
from gatehouse.border.api import Capacity, CaptureState, DecisionKind, Direction, InspectionState, Reference
from gatehouse.documents.pki.sources import Kind
from gatehouse.kernel.results import Result
from gatehouse.law.capture import Modality
from gatehouse.platform.permissions import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    #: Text in the language of whoever reads it.
    Word = _StrPromise | str


@dataclass(frozen=True)
class Status:
    """How a state is shown; `colour` names a token of the design, reserved for this state."""

    word: Word
    shape: str
    colour: str


RESULTS = {
    Result.SUCCESSFUL: Status(_("passed"), "✓", "green"),
    Result.FAILED: Status(_("failed"), "✕", "red"),
    Result.UNDETERMINED: Status(_("undetermined"), "?", "slate"),
    Result.NOT_SUPPORTED: Status(_("not supported"), "–", "grey"),
    Result.ABORTED: Status(_("aborted"), "⊘", "amber"),
}
ATTENTION = Status(_("please look"), "!", "amber")
CLEAR = Status(_("nothing found"), "✓", "green")

STATES = {
    InspectionState.OPEN: Status(_("being inspected"), "▷", "slate"),
    InspectionState.REFERRED: Status(_("at the second line"), "!", "amber"),
    InspectionState.HELD: Status(_("held"), "◔", "amber"),
    InspectionState.AWAITING_CONFIRMATION: Status(_("refusal to be confirmed"), "!", "amber"),
    InspectionState.CLOSED: Status(_("closed"), "■", "grey"),
}

ROLES = {
    Role.INSPECTOR: _("inspector"),
    Role.SECOND_LINE: _("second line"),
    Role.SUPERVISOR: _("supervisor"),
    Role.ANALYST: _("analyst"),
    Role.CASEWORKER: _("caseworker"),
    Role.ENGINEER: _("engineer"),
    Role.SECURITY_AUDITOR: _("security auditor"),
    Role.DATA_PROTECTION_OFFICER: _("data-protection officer"),
    Role.STATISTICIAN: _("statistician"),
    Role.DISPLAY: _("wall display"),
}

PERMISSIONS = {
    "border.inspect": _("inspect travellers"),
    "border.second_line": _("decide at the second line"),
    "border.confirm_refusal": _("confirm refusals of others"),
    "border.hand_over": _("hand shifts over and take them over"),
    "border.correct": _("correct recorded crossings"),
    "border.read_crossings": _("read records of crossings"),
    "border.read_log": _("read the inspection log, which names no person"),
    "border.read_full_log": _("read the inspection log with data of persons"),
    "border.issue_bundles": _("issue the lists of devices"),
    "border.read_ledgers": _("see the ledgers of devices"),
    "biometrics.read": _("see faces captured at entry"),
    "security.read_alerts": _("read alerts of the security platform"),
    "security.triage": _("judge alerts of the security platform"),
    "platform.break_glass": _("take a permission in an emergency"),
    "platform.review_emergencies": _("review what others took in an emergency"),
    "biometrics.erase": _("erase biometrics of a person"),
    "watchlist.manage": _("manage lists"),
    "figures.read": _("read figures"),
    "monitoring.read": _("read equipment and its availability"),
    "monitoring.record": _("record equipment, outages and planned work"),
    "monitoring.handle": _("acknowledge incidents and say what is done about them"),
    "monitoring.amend": _("ask for and confirm amendments of the ledger of availability"),
    "monitoring.publish": _("publish months of the ledger of availability"),
    "figures.record": _("record monthly tallies"),
    "performance.read": _("read plans, indicators and reports"),
    "performance.record": _("record what happens to plans and write the narrative"),
    "performance.publish": _("publish editions of a report"),
    "documents.read_trust": _("read which states are trusted, and by which lists"),
    "audit.read": _("read the log of looks at persons"),
    "platform.read_health": _("read the state of the system"),
}

MODALITIES = {Modality.FACE: _("Face"), Modality.FINGERPRINTS: _("Fingerprints")}
CAPTURES = {
    CaptureState.TAKEN: Status(_("taken"), "✓", "green"),
    CaptureState.MISSING: Status(_("missing"), "!", "amber"),
    CaptureState.DECLINED: Status(_("declined"), "✕", "red"),
    CaptureState.EXEMPT: Status(_("exempt"), "–", "grey"),
}
#: What a comparison is with, in the words of a sentence and as the name of a picture.
REFERENCES = {Reference.DOCUMENT: _("with the chip"), Reference.CAPTURE: _("with the entry")}
REFERENCE_PICTURES = {Reference.DOCUMENT: _("Picture of the chip"), Reference.CAPTURE: _("Picture of the entry")}
GOOD, USABLE, POOR = _("good"), _("usable"), _("poor")
#: What can be poor about a picture of a face.
COMPONENTS = {
    "resolution": _("resolution"),
    "sharpness": _("sharpness"),
    "contrast": _("contrast"),
    "exposure": _("exposure"),
}
DEMONSTRATION = Status(_("for demonstration"), "!", "amber")

DECISIONS = {
    DecisionKind.ADMIT: _("Admit"),
    DecisionKind.RELEASE: _("Release to depart"),
    DecisionKind.REFER: _("Second line"),
    DecisionKind.HOLD: _("Hold"),
    DecisionKind.REFUSE: _("Refuse"),
}
RELEASE_IN_TRANSIT = _("Release to travel on")
TAKEN = {
    DecisionKind.ADMIT: _("Admitted"),
    DecisionKind.RELEASE: _("Released to depart"),
    DecisionKind.REFER: _("Sent to the second line"),
    DecisionKind.HOLD: _("Held; the statutory time runs"),
    DecisionKind.REFUSE: _("Refusal waits for a second officer"),
}

CONFIRM = _("Confirm the refusal")
DECLINE = _("Decline the refusal")
CONFIRMED = _("Refusal confirmed; the inspection is closed")
DECLINED = _("Refusal declined; back at the second line")
OVERDUE = Status(_("time has run out"), "✕", "red")
LATE = Status(_("alarm"), "✕", "red")
WELL = Status(_("in order"), "✓", "green")

DIRECTIONS = {Direction.ENTRY: _("entry"), Direction.EXIT: _("exit"), Direction.TRANSIT: _("transit")}
CAPACITIES = {Capacity.PASSENGER: _("passenger"), Capacity.CREW: _("crew")}
SEXES = {"F": _("female"), "M": _("male"), "X": _("not stated")}

#: What lets somebody stay. The kinds are the profile's; these are the usual ones.
STAYS = {
    "exemption": _("exempt from a visa"),
    "visitor_visa": _("visitor visa"),
    "entry_permit": _("entry permit"),
    "residence_permit": _("residence permit"),
    "permanent_residence_permit": _("permanent residence permit"),
}
LISTS = {
    "lost_document": _("lost or stolen document"),
    "entry_ban": _("entry ban"),
    "exit_ban": _("exit ban"),
    "lookout": _("lookout"),
}
REVIEWS = {
    "open": _("not yet reviewed"),
    "confirmed": _("confirmed to be this person"),
    "not the same person": _("not the same person"),
}
DEFINITIONS = {
    "border.crossings_per_day": _(
        "Crossings by day of the border's time zone, port and direction, without corrected and void records"
    ),
}

#: What each check looks at. Identifiers are those of `documents` and `border`.
CHECKS = {
    "sod_signature": _("Signature of the chip's data"),
    "dsc_chain": _("Signer's certificate issued by a trusted state"),
    "dsc_validity": _("Signer's certificate valid when it signed"),
    "revocation": _("Signer's certificate not revoked"),
    "dg_hash": _("Contents of the chip unchanged"),
    "signed_groups": _("All that was signed was read"),
    "issuer_state": _("Signing state and document state agree"),
    "algorithm_policy": _("Strength of the signature"),
    "known_defects": _("Known defects of this signer's documents"),
    "mrz_check_digits": _("Check digits of the machine readable zone"),
    "dg1_zone": _("Zone and chip say the same"),
    "chip": _("Chip"),
    "chip_access": _("Opening of the chip"),
    "active_authentication": _("Chip is no copy: active authentication"),
    "chip_authentication": _("Chip is no copy: chip authentication"),
    "chip_authentication_mapping": _("Chip is no copy: proof while opening it"),
    "terminal_authentication": _("Terminal accepted by the chip"),
    "card_access": _("What EF.CardAccess offers is what was signed"),
    "com_sod": _("Lists of the chip's data agree"),
    "dg1_content": _("Data of the holder in the chip"),
    "dg2_content": _("Face in the chip"),
    "dg11_content": _("Further data of the holder in the chip"),
    "expiry": _("Expiry of the document"),
    "record": _("Agreement with the record"),
    "watchlist": _("Lists"),
    "face_comparison": _("Comparison of faces"),
    "fingerprint_comparison": _("Comparison of fingerprints"),
}
#: The data elements of a machine readable zone.
ELEMENTS = {
    "zone": _("size of the zone"),
    "document_code": _("kind of document"),
    "issuer": _("issuer"),
    "name": _("name"),
    "nationality": _("nationality"),
    "sex": _("sex"),
    "optional_data_2": _("optional data"),
    "document_number": _("document number"),
    "birth_date": _("date of birth"),
    "expiry_date": _("date of expiry"),
    "optional_data": _("optional data"),
    "composite": _("the whole zone"),
}
#: Where it is laid down how a check is made.
CHECK_RULES = {
    **dict.fromkeys(("sod_signature", "dsc_chain", "dg_hash"), "ICAO Doc 9303-11, 5.1"),
    "signed_groups": "ICAO Doc 9303-10, 4.7",
    **dict.fromkeys(("dsc_validity", "revocation", "issuer_state"), "ICAO Doc 9303-12"),
    "known_defects": "BSI TR-03135-1, 5.8.2; ICAO Doc 9303-12, 10",
    **dict.fromkeys(("mrz_check_digits", "dg1_zone"), "ICAO Doc 9303-3, 4.9"),
    **dict.fromkeys(("chip_access", "chip_authentication_mapping"), "ICAO Doc 9303-11, 4"),
    "active_authentication": "ICAO Doc 9303-11, 6.1",
    "chip_authentication": "ICAO Doc 9303-11, 6.2",
    "terminal_authentication": "ICAO Doc 9303-11, 7.1",
    "card_access": "ICAO Doc 9303-11, 9.2",
    "com_sod": "BSI TR-03135-1, 5.6.4",
    **dict.fromkeys(("face_comparison", "fingerprint_comparison"), "BSI TR-03121-3"),
    **dict.fromkeys(("dg1_content", "dg2_content", "dg11_content", "chip"), "ICAO Doc 9303-10"),
}
#: Checks that the desk makes while the chip lies there.
REPORTED_CHECKS = frozenset(
    {
        "chip_access",
        "card_access",
        "chip_authentication_mapping",
        "chip_authentication",
        "active_authentication",
        "terminal_authentication",
    }
)
#: The steps of a reading at a desk; those within the chip are named after their file or protocol.
STEPS = {
    "mrz": _("Zone read after"),
    "image_visible": _("Picture under visible light after"),
    "image_infrared": _("Picture under infrared light after"),
    "image_ultraviolet": _("Picture under ultraviolet light after"),
    "page": _("Page done after"),
    "chip": _("Chip read in"),
    "total": _("Whole reading"),
}
#: Checks that rest on the certificate of the signer.
SIGNER_CHECKS = frozenset(
    {"sod_signature", "dsc_chain", "dsc_validity", "revocation", "issuer_state", "algorithm_policy", "known_defects"}
)
#: What is versioned, and which check rests on what.
SOURCE_KINDS = {
    Kind.MASTER_LIST: _("master list"),
    Kind.PKD_EXPORT: _("PKD export"),
    Kind.CERTIFICATE: _("certificate"),
    Kind.REVOCATION_LIST: _("revocation list"),
    Kind.DEFECT_LIST: _("defect list"),
    Kind.DEVIATION_LIST: _("deviation list"),
    Kind.ALGORITHM_POLICY: _("algorithm policy"),
    Kind.SEAL_POLICY: _("policy of seals"),
}
IN_USE = Status(_("in use"), "✓", "green")
SUCCEEDED = Status(_("succeeded"), "–", "grey")
VALID = Status(_("valid"), "✓", "green")
EXPIRING = Status(_("expires soon"), "!", "amber")
EXPIRED = Status(_("expired"), "–", "grey")
CHECK_VERSIONS = {
    "dsc_chain": (Kind.MASTER_LIST, Kind.PKD_EXPORT, Kind.CERTIFICATE),
    "revocation": (Kind.REVOCATION_LIST, Kind.DEFECT_LIST),
    "known_defects": (Kind.DEFECT_LIST, Kind.DEVIATION_LIST),
    "algorithm_policy": (Kind.ALGORITHM_POLICY,),
}

#: Why a person's record is looked at.
PURPOSES = {
    Purpose.BORDER_CHECK: _("border check"),
    Purpose.SECOND_LINE_CHECK: _("check at the second line"),
    Purpose.IDENTIFICATION: _("identification of a person"),
    Purpose.APPLICATION: _("examination of an application"),
    Purpose.CASE: _("a case"),
    Purpose.LAW_ENFORCEMENT: _("request of a law-enforcement authority"),
    Purpose.PERSON_REQUEST: _("request of the person concerned"),
    Purpose.CORRECTION: _("correction of a record"),
    Purpose.DATA_PROTECTION_AUDIT: _("data-protection audit"),
    Purpose.QUALITY_CONTROL: _("quality control"),
}
