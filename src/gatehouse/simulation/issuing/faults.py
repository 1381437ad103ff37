"""What can be wrong with a document on purpose, and which check is to find it."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """The value says what is wrong; the comment, which check answers what."""

    #: dsc_chain: failed.
    FORGED = "signed under a counterfeit authority of the true one's name"
    #: dsc_chain: undetermined.
    UNKNOWN_AUTHORITY = "signed under an authority that nobody trusts"
    #: dg_hash: failed. The printed zone says the same as the altered DG1.
    ALTERED_DG1 = "a later date of expiry written into the chip and the page"
    #: dg_hash: failed.
    ALTERED_DG2 = "another person's face written into the chip"
    #: Every check of the chip is successful; its DG1 differs from the printed zone.
    SWAPPED = "the genuine chip of another person's passport"
    #: revocation: failed.
    REVOKED_SIGNER = "signed with a key that was lost and revoked"
    #: dsc_validity: failed, which by itself lowers nothing.
    LAPSED_SIGNER = "signed after the signer's certificate had ended"
    #: Every check of the chip is successful; the date of expiry has passed.
    EXPIRED = "the date of expiry has passed"
