"""Every group of ICAO 9303-11 table 12: key agreement, both mappings, and keys that are none."""

from __future__ import annotations

import base64
import shutil
import subprocess

import pytest
from asn1crypto import core
from tests.absence import absent

from gatehouse.documents.chip.errors import ProtocolError, UnsupportedProtocolError
from gatehouse.documents.chip.groups import Group, standardised_group
from gatehouse.documents.chip.groups.base import new_private_key
from gatehouse.documents.chip.groups.modp import ModpGroup
from gatehouse.documents.chip.groups.standardised import modp_groups

octets = bytes.fromhex

STANDARDISED = (0, 1, 2, *range(8, 19))
NONCE = octets("3F00C4D39D153F2B2A214A078D899B22")


@pytest.fixture(params=STANDARDISED)
def group(request: pytest.FixtureRequest) -> Group:
    return standardised_group(request.param)


def agreed(group: Group) -> tuple[bytes, bytes]:
    terminal, chip = new_private_key(group), new_private_key(group)
    return group.agree(terminal, group.public_key(chip)), group.agree(chip, group.public_key(terminal))


def test_both_sides_agree_on_one_secret(group: Group) -> None:
    one, other = agreed(group)
    assert one == other
    assert len(one) == (group.field.bit_length() + 7) // 8


def test_both_sides_map_to_one_generator(group: Group) -> None:
    terminal, chip = new_private_key(group), new_private_key(group)
    mapped = group.map_generic(NONCE, terminal, group.public_key(chip))
    assert group.map_generic(NONCE, chip, group.public_key(terminal)).public_key(1) == mapped.public_key(1)
    assert mapped.public_key(1) != group.public_key(1)
    one, other = agreed(mapped)
    assert one == other


def test_a_number_maps_to_a_generator_of_the_group(group: Group) -> None:
    if group.name == "secp224r1":
        with pytest.raises(UnsupportedProtocolError, match="the integrated mapping is not defined on secp224r1"):
            group.map_integrated(12345)
        return
    mapped = group.map_integrated(12345)
    assert mapped.agree(group.order - 1, mapped.public_key(1))  # the generator is an element: it is accepted as a key
    one, other = agreed(mapped)
    assert one == other


def test_a_key_that_is_no_element_is_refused(group: Group) -> None:
    wrong = bytearray(group.public_key(7))
    wrong[-1] ^= 1
    for key in (bytes(wrong), b"", b"\x00", b"\x01", b"\x04", bytes(len(wrong))):
        with pytest.raises(ProtocolError):
            group.agree(3, key)
        with pytest.raises(ProtocolError):
            group.map_generic(NONCE, 3, key)


def test_a_nonce_that_cancels_the_shared_secret_is_refused() -> None:
    for identifier in (0, 13):
        group = standardised_group(identifier)
        cancelling = (group.order - 6).to_bytes((group.order.bit_length() + 7) // 8, "big")
        with pytest.raises(ProtocolError, match="the mapped generator"):
            group.map_generic(cancelling, 2, group.public_key(3))


@pytest.mark.parametrize("identifier", [3, 7, 19, 31, -1, 255])
def test_reserved_parameters_are_not_supported(identifier: int) -> None:
    with pytest.raises(UnsupportedProtocolError, match=f"the domain parameters {identifier} are not standardised"):
        standardised_group(identifier)


def test_a_prime_field_of_unknown_order_has_no_integrated_mapping() -> None:
    known = modp_groups()[0]
    with pytest.raises(UnsupportedProtocolError, match="the order of the group MODP is not known"):
        ModpGroup("MODP", known.p, known.g).map_integrated(12345)


@pytest.mark.parametrize("identifier", [0, 1, 2])
def test_openssl_has_the_same_prime_fields(identifier: int) -> None:
    if shutil.which("openssl") is None:
        absent("the program openssl")
    parameter = f"dh_rfc5114:{identifier + 1}"
    command = ["openssl", "genpkey", "-genparam", "-algorithm", "DHX", "-pkeyopt", parameter]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    der = base64.b64decode("".join(line for line in shown.splitlines() if not line.startswith("-")))
    p, g, q, *_ = core.SequenceOf.load(der, spec=core.Any)
    numbers = tuple(core.Integer.load(each.dump()).native for each in (p, g, q))
    known = modp_groups()[identifier]
    assert (known.p, known.g, known.q) == numbers


@pytest.mark.parametrize(
    ("identifier", "width"), [(13, 32), (14, 40), (18, 66)], ids=["brainpoolP256r1", "brainpoolP320r1", "secp521r1"]
)
def test_a_point_is_compressed_to_its_x_coordinate(identifier: int, width: int) -> None:
    group = standardised_group(identifier)
    public = group.public_key(5)
    assert group.compress(public) == public[1 : 1 + width]


def test_a_number_is_compressed_to_its_sha_1() -> None:
    assert standardised_group(0).compress(b"abc").hex() == "a9993e364706816aba3e25717850c26c9cd0d89d"
