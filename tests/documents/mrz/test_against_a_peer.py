"""The package `mrz` of PyPI as an oracle, where the two agree by design.

They differ, and are not compared, in long document numbers (which the peer does not know), in impossible dates (which
fail the date's check here and another one there), and in names of more than two identifiers.
"""

from __future__ import annotations

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st
from mrz.checker.mrva import MRVACodeChecker
from mrz.checker.mrvb import MRVBCodeChecker
from mrz.checker.td1 import TD1CodeChecker
from mrz.checker.td2 import TD2CodeChecker
from mrz.checker.td3 import TD3CodeChecker
from tests.documents.mrz import specimens

from gatehouse.documents.mrz import parse_mrz
from gatehouse.kernel.errors import UnreadableError

PEERS = {
    "TD1": TD1CodeChecker,
    "TD2": TD2CodeChecker,
    "TD3": TD3CodeChecker,
    "MRV-A": MRVACodeChecker,
    "MRV-B": MRVBCodeChecker,
}
SHORT = [name for name in specimens.ALL if "long" not in name]
CHANGES = st.lists(st.tuples(st.integers(0, 89), st.sampled_from("ABKLMXYZ0123456789<")), max_size=3)


@given(st.sampled_from(SHORT), CHANGES)
def test_checks_and_elements_are_those_of_the_peer(name: str, changes: list[tuple[int, str]]) -> None:
    characters = list(specimens.ALL[name].replace("\n", ""))
    for place, character in changes:
        characters[place % len(characters)] = character
    try:
        zone = parse_mrz("".join(characters), on=date(2026, 11, 22))
    except UnreadableError:
        assume(False)
    assume(zone.birth_date and zone.expiry_date)
    peer = PEERS[zone.format]("\n".join(zone.lines))
    digits = {key: getattr(peer, f"{key}_hash") for key in zone.checks if key != "composite"}
    if "composite" in zone.checks:
        digits["composite"] = peer.final_hash
    assert zone.checks == digits
    fields = peer.fields()
    assert (fields.document_number, fields.optional_data) == (zone.document_number, zone.optional_data)
    assert (fields.document_type, fields.country, fields.nationality) == (*zone[1:3], zone.nationality)
