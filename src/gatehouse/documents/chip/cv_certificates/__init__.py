"""Card verifiable certificates, by which a chip knows terminals (BSI TR-03110-3 annex C, ICAO 9303-12 clause 7)."""

from gatehouse.documents.chip.cv_certificates.authorization import INSPECTION_SYSTEM, Authorization, Role
from gatehouse.documents.chip.cv_certificates.certificate import CvCertificate
from gatehouse.documents.chip.cv_certificates.chains import advanced, chain_from, effective_rights, require_valid
from gatehouse.documents.chip.cv_certificates.issuing import issue
from gatehouse.documents.chip.cv_certificates.keys import CvPublicKey, PrivateKey, sign

__all__ = [
    "INSPECTION_SYSTEM",
    "Authorization",
    "CvCertificate",
    "CvPublicKey",
    "PrivateKey",
    "Role",
    "advanced",
    "chain_from",
    "effective_rights",
    "issue",
    "require_valid",
    "sign",
]
