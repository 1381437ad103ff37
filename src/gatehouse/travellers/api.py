"""What other rooms may import."""

from gatehouse.travellers.domain import FACE, Captured, Holder, Kept, Permit, Recognised, same_person_plausible
from gatehouse.travellers.selectors import biometrics_of, recognised
from gatehouse.travellers.services import (
    biometrics_erase,
    biometrics_expire,
    biometrics_keep,
    permit_register,
    permit_use,
    traveller_recognise,
)

__all__ = [
    "FACE",
    "Captured",
    "Holder",
    "Kept",
    "Permit",
    "Recognised",
    "biometrics_erase",
    "biometrics_expire",
    "biometrics_keep",
    "biometrics_of",
    "permit_register",
    "permit_use",
    "recognised",
    "same_person_plausible",
    "traveller_recognise",
]
