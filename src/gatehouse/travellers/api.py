"""What other rooms may import."""

from gatehouse.travellers.domain import FACE, Captured, Holder, Kept, Permit, Recognised, same_person_plausible
from gatehouse.travellers.selectors import (
    EnrolledMonth,
    biometrics_of,
    enrolled_documents,
    enrolled_face,
    enrolments_counted,
    lane_known,
    recognised,
)
from gatehouse.travellers.services import (
    biometrics_erase,
    biometrics_expire,
    biometrics_keep,
    enrolment_key,
    enrolment_record,
    enrolment_revoke,
    permit_register,
    permit_use,
    traveller_recognise,
)

__all__ = [
    "FACE",
    "Captured",
    "EnrolledMonth",
    "Holder",
    "Kept",
    "Permit",
    "Recognised",
    "biometrics_erase",
    "biometrics_expire",
    "biometrics_keep",
    "biometrics_of",
    "enrolled_documents",
    "enrolled_face",
    "enrolment_key",
    "enrolment_record",
    "enrolment_revoke",
    "enrolments_counted",
    "lane_known",
    "permit_register",
    "permit_use",
    "recognised",
    "same_person_plausible",
    "traveller_recognise",
]
