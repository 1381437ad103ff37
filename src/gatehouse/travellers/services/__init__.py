"""Changes of what is known of persons: one function for each."""

from gatehouse.travellers.services.biometrics import biometrics_erase, biometrics_expire, biometrics_keep
from gatehouse.travellers.services.enrolments import enrolment_key, enrolment_record, enrolment_revoke
from gatehouse.travellers.services.persons import permit_register, permit_use, traveller_recognise

__all__ = [
    "biometrics_erase",
    "biometrics_expire",
    "biometrics_keep",
    "enrolment_key",
    "enrolment_record",
    "enrolment_revoke",
    "permit_register",
    "permit_use",
    "traveller_recognise",
]
