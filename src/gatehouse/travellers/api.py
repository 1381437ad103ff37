"""What other rooms may import."""

from gatehouse.travellers.domain import Holder, Permit, Recognised, same_person_plausible
from gatehouse.travellers.services import permit_register, permit_use, traveller_recognise

__all__ = [
    "Holder",
    "Permit",
    "Recognised",
    "permit_register",
    "permit_use",
    "same_person_plausible",
    "traveller_recognise",
]
