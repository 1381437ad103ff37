"""EF.SOD, the document security object: hashes of the data groups, signed by the issuer (Doc 9303-10 clause 4.6.2)."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.ber import Element, children, definite, element, number
from gatehouse.documents.pki.asn1 import reading
from gatehouse.documents.pki.signatures import hash_of
from gatehouse.documents.pki.signed_data import SignedData
from gatehouse.kernel.errors import UnreadableError

TAG = 0x77
#: A security object holds sixteen hashes and a certificate or two; a chip's file is at most 64 KiB.
LARGEST = 1024 * 1024


@dataclass(frozen=True)
class DocumentSecurityObject:
    """The content of EF.SOD. `hashes` by data group number; `lds_version` is None in version 0 of the object."""

    signed: SignedData
    version: int
    hash_name: str
    hashes: dict[int, bytes]
    lds_version: str | None

    @classmethod
    def read(cls, data: bytes) -> DocumentSecurityObject:
        """Read EF.SOD as it was read from the chip. Raises `UnreadableError`.

        Its content type is not held against it: besides 2.23.136.1.1.1 states use 1.3.27.1.1.1,
        1.2.528.1.1006.1.20.1 and 1.2.840.113549.1.7.1; what counts is that it reads as a security object.
        """
        if not data:
            raise UnreadableError("EF.SOD is empty")
        if len(data) > LARGEST:
            raise UnreadableError("EF.SOD is larger than %(kib)d KiB", kib=LARGEST // 1024)
        if data[0] != TAG:
            raise UnreadableError("this is not an EF.SOD: it starts with %(found)02X, not 77", found=data[0])
        whole = definite(data)
        signed = SignedData.read_definite(whole[element(whole).contents :])
        with reading("the LDS security object"):
            return cls(signed, *_security_object(signed.content))


def _security_object(content: bytes) -> tuple[int, str, dict[int, bytes], str | None]:
    whole = element(content)
    version, kind, listed, *rest = children(content, whole)
    hashes = [tuple(children(content, each)) for each in children(content, listed)]
    tags = {tuple(each.tag for each in pair) for pair in hashes}
    if (whole.tag, version.tag, kind.tag, listed.tag) != (0x30, 0x02, 0x30, 0x30) or tags - {(0x02, 0x04)}:
        raise UnreadableError("the content of EF.SOD is not a security object")
    numbers = {number(content, group): content[value.contents : value.end] for group, value in hashes}
    if len(numbers) != len(hashes):
        raise UnreadableError("EF.SOD lists a data group twice")
    if not numbers.keys() <= set(range(1, 17)):
        raise UnreadableError("EF.SOD lists a data group that there is not")
    name = hash_of(content, kind)
    return number(content, version), name, numbers, _lds_version(content, rest)


def _lds_version(content: bytes, rest: list[Element]) -> str | None:
    """Of LDSVersionInfo, which version 1 of the object adds."""
    if not rest:
        return None
    lds, *_ = children(content, rest[0])
    return content[lds.contents : lds.end].decode("ascii")
