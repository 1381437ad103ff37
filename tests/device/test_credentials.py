from __future__ import annotations

import pytest
from tests.device.made import CHEAP, PASSPHRASE, credential

from gatehouse.device.credentials import Credential, credential_of
from gatehouse.kernel.errors import ForbiddenError, RefusedError


def test_the_passphrase_opens_what_was_sealed_and_signs_what_is_checked_without_it() -> None:
    kept = Credential.model_validate_json(credential("chen").model_dump_json())
    keys = kept.unlock(PASSPHRASE["chen"])
    assert keys.open(kept.seal(b"the index's key")) == b"the index's key"
    signature = keys.sign(b"admit")
    assert kept.signed(b"admit", signature)
    assert not kept.signed(b"refuse", signature)
    assert not credential("lin").signed(b"admit", signature)
    assert not kept.signed(b"admit", "no signature")


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(ForbiddenError, match="this is not the officer's passphrase"):
        credential("chen").unlock(PASSPHRASE["lin"])
    with pytest.raises(ForbiddenError, match="was not sealed to the officer"):
        credential("lin").unlock(PASSPHRASE["lin"]).open(credential("chen").seal(b"secret"))
    with pytest.raises(ForbiddenError, match="was not sealed to the officer"):
        credential("lin").unlock(PASSPHRASE["lin"]).open("AAAA")


def test_what_is_kept_holds_neither_the_passphrase_nor_the_same_for_two_people() -> None:
    first, second = (credential_of("the same for both", cost=CHEAP) for _ in range(2))
    assert first.signing != second.signing
    assert first.salt != second.salt
    assert set(first.model_dump()) == {"salt", "cost", "sealing", "signing"}


def test_a_passphrase_is_not_short() -> None:
    with pytest.raises(RefusedError, match="a passphrase has at least 12 characters"):
        credential_of("elevenchars", cost=CHEAP)
