"""Keys and checksums of ICAO 9303-11 appendices D and G, and CMAC of NIST SP 800-38B appendix D."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.documents.chip.cipher import (
    AES_128,
    AES_192,
    AES_256,
    SUITES,
    TRIPLE_DES,
    CipherSuite,
    Purpose,
    SessionKeys,
    pad,
    unpad,
)
from gatehouse.kernel.errors import UnreadableError

octets = bytes.fromhex


def test_keys_of_3des_are_those_of_appendix_d_1() -> None:
    keys = SessionKeys.derive(TRIPLE_DES, octets("239AB9CB282DAF66231DC5A4DF6BFBAE"))
    assert keys.encryption == octets("AB94FDECF2674FDFB9B391F85D7F76F2")
    assert keys.authentication == octets("7962D9ECE03D1ACD4C76089DCE131543")


def test_the_key_of_a_password_is_that_of_appendix_g() -> None:
    password = octets("7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD")
    assert AES_128.derive(password, Purpose.PASSWORD) == octets("89DED1B26624EC1E634C1989302849DD")


def test_bac_is_encrypted_and_authenticated_as_in_appendix_d_3() -> None:
    plain = octets("781723860C06C2264608F919887022120B795240CB7049B01C19B33E32804F0B")
    encrypted = TRIPLE_DES.encrypt(octets("AB94FDECF2674FDFB9B391F85D7F76F2"), plain)
    assert encrypted == octets("72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2")
    assert TRIPLE_DES.mac(octets("7962D9ECE03D1ACD4C76089DCE131543"), encrypted) == octets("5F1448EEA8AD90A7")


@pytest.mark.parametrize(
    ("suite", "key", "message", "code"),
    [
        (AES_128, "2B7E151628AED2A6ABF7158809CF4F3C", "", "BB1D6929E9593728"),
        (AES_128, "2B7E151628AED2A6ABF7158809CF4F3C", "6BC1BEE22E409F96E93D7E117393172A", "070A16B46B4D4144"),
        (AES_192, "8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B", "", "D17DDF46ADAACDE5"),
        (AES_256, "603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4", "", "028962F61B7BF89E"),
    ],
)
def test_cmac_is_that_of_nist(suite: CipherSuite, key: str, message: str, code: str) -> None:
    assert suite.mac(octets(key), octets(message)) == octets(code)


@given(st.sampled_from(SUITES), st.binary(min_size=16, max_size=32), st.binary(max_size=100))
def test_what_is_encrypted_is_decrypted(suite: CipherSuite, secret: bytes, data: bytes) -> None:
    key = suite.derive(secret, Purpose.ENCRYPTION)
    assert len(key) == suite.key_size
    assert unpad(suite.decrypt(key, suite.encrypt(key, pad(data, suite.block_size)))) == data


def test_what_is_no_whole_block_or_has_no_padding_is_refused() -> None:
    with pytest.raises(UnreadableError, match="7 encrypted bytes are not whole blocks"):
        TRIPLE_DES.decrypt(bytes(16), bytes(7))
    with pytest.raises(UnreadableError, match="the padding of decrypted data is missing"):
        unpad(bytes(8))
