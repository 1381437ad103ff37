"""The order of versions; dpkg itself is the oracle of Debian's."""

from __future__ import annotations

import shutil
import subprocess
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.absence import absent

from gatehouse.security.domain.posture.versions import Scheme, version_key

DPKG = shutil.which("dpkg")
ORDERED = {
    Scheme.PEP440: ["1.0.dev1", "1.0a1", "1.0rc1", "1.0", "1.0.post1", "1.9", "1.10", "1!0.1"],
    Scheme.DPKG: [
        "1.0~~",
        "1.0~rc1-1",
        "1.0-1~bpo12+1",
        "1.0-1",
        "1.0-1+deb12u1",
        "1.0-1+deb12u10",
        "1.0a",
        "1.0+b",
        "1:0.1",
    ],
    # Semantic Versioning 2.0.0, the example of clause 11
    Scheme.SEMVER: [
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0",
        "1.10.0",
    ],
}


@pytest.mark.parametrize("scheme", Scheme)
def test_the_order_of_versions(scheme: Scheme) -> None:
    for earlier, later in pairwise(ORDERED[scheme]):
        assert version_key(scheme, earlier) < version_key(scheme, later)
        assert not version_key(scheme, later) < version_key(scheme, earlier)


@pytest.mark.parametrize(
    ("scheme", "one", "other"),
    [
        (Scheme.PEP440, "1.0", "1.0.0"),
        (Scheme.DPKG, "1.0-0", "1.0"),
        (Scheme.DPKG, "0:1.007", "1.7"),
        (Scheme.DPKG, "1.~0-0", "1.~"),
        (Scheme.SEMVER, "v1.0.0", "1.0.0+build.5"),
    ],
)
def test_versions_that_are_the_same(scheme: Scheme, one: str, other: str) -> None:
    assert version_key(scheme, one) == version_key(scheme, other)


@pytest.mark.parametrize(
    ("scheme", "version"),
    [
        (Scheme.PEP440, "unknown"),
        (Scheme.DPKG, "1 2"),
        (Scheme.DPKG, ""),
        (Scheme.SEMVER, "1.0"),
        (Scheme.DPKG, "1" * 257),
    ],
)
def test_what_is_no_version(scheme: Scheme, version: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        version_key(scheme, version)


@settings(max_examples=150, deadline=None)
@given(*[st.from_regex(r"([01]:)?[0-9][0-9a1.+~-]{0,6}[0-9a~+]", fullmatch=True)] * 2)
def test_debians_order_is_that_of_dpkg(one: str, other: str) -> None:
    if DPKG is None:
        absent("dpkg")
    said = subprocess.run([DPKG, "--compare-versions", one, "lt", other], check=False, capture_output=True)
    assert (version_key(Scheme.DPKG, one) < version_key(Scheme.DPKG, other)) is (said.returncode == 0)
