from __future__ import annotations

import contextlib
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents import lists_factory as lists
from tests.documents import pki_factory as made

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.ldif import entries
from gatehouse.documents.pki.masterlist import MasterList, Rejected
from gatehouse.documents.pki.pkd import read_export
from gatehouse.kernel.errors import UnreadableError

CSCA = made.csca("UT")
DSC = made.dsc(CSCA)
EXPORT = "version: 1\n# made here\n\n" + "".join(
    (
        lists.ldif_entry("o=ml,c=UT,dc=data", "pkdMasterListContent", made.master_list(CSCA, CSCA.der)),
        lists.ldif_entry("o=dsc,c=UT,dc=data", "userCertificate;binary", DSC.der),
        lists.ldif_entry("o=crl,c=UT,dc=data", "certificateRevocationList;binary", made.revocation_list(CSCA, 7)),
        lists.ldif_entry("o=ml,c=UT,dc=data", "CscaMasterListData", made.master_list(CSCA, CSCA.der), change=None),
        lists.ldif_entry("o=bad,c=UT,dc=data", "userCertificate;binary", DSC.der[:-9]),
        "dn: o=gone,c=UT,dc=data\nchangetype: delete\n\n",
    )
)


def lines(text: str) -> Iterator[bytes]:
    return iter(text.encode().splitlines(keepends=True))


def test_every_object_of_an_export_is_read_or_rejected_with_its_reason() -> None:
    found = [item.content for item in read_export(lines(EXPORT))]
    assert [type(each) for each in found] == [MasterList, Certificate, Crl, MasterList, Rejected, Rejected]
    assert found[1] == Certificate.read(DSC.der)
    bad, gone = found[4:]
    assert isinstance(bad, Rejected)
    assert isinstance(gone, Rejected)
    assert str(bad.reason).startswith("the data is cut off")
    assert (gone.subject, str(gone.reason)) == (
        "o=gone,c=UT,dc=data",
        "entries that delete others are not applied",
    )


def test_folded_lines_options_base64_and_comments() -> None:
    text = "dn:: bz11dA==\nCN;lang-en: a\n b\n  c\n# no\n more\nEmpty:\n\n\ndn: x\nchangetype: add\ncn: d"
    first, second = entries(lines(text))
    assert (first.dn, first.change, first.attributes) == ("o=ut", "add", (("cn", b"ab c"), ("empty", b"")))
    assert (second.dn, second.values("CN")) == ("x", [b"d"])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("nothing of that kind\n", "line 1 is no line of an LDIF file"),
        ("dn: x\ncn:: %%%\n", "line 2 is not base64"),
        ("dn: x\njpegPhoto:< file:///etc/passwd\n", "line 2 refers to another file"),
        ("cn: x\n\n", "the entry that ends at line 2 begins without a name"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        list(entries(lines(text)))


def test_an_export_is_read_as_a_stream() -> None:
    """256 MB of document signers need the memory of one."""
    entry = lists.ldif_entry("o=dsc,c=UT,dc=data", "description", b"x" * 1_000_000).encode().splitlines(keepends=True)
    read = (line for _ in range(190) for line in entry)
    tracemalloc.start()
    assert sum(1 for _ in entries(read)) == 190
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16_000_000


@given(st.binary(max_size=400))
def test_noise_is_unreadable_and_nothing_else(data: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        list(read_export(iter(data.splitlines(keepends=True))))
