from __future__ import annotations

from datetime import date

import pytest

from gatehouse.documents.mrz import parse_mrz
from gatehouse.documents.passive import authenticate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import Fault
from gatehouse.simulation.passport_office import Order, PassportOffice

DAY = date(2026, 11, 21)


def test_a_passport_of_the_office_is_authentic_under_what_its_states_publish() -> None:
    office = PassportOffice(["UTO", "TWN"], seed=1, on=DAY)
    published = office.authorities()
    trust = TrustStore(MasterList.read(published.master_list).certificates)
    assert len(trust.certificates) == 6
    passport = office.passport(Order(made_up_holder("TWN", 7, on=DAY)))
    groups = {int(name[2:]): data for name, data in passport.files.items() if name.startswith("DG")}
    crls = [Crl.read(crl) for crl in published.crls]
    verdict = authenticate(passport.files["SOD"], data_groups=groups, trust=trust, crls=crls, on=DAY)
    assert verdict.result is Result.SUCCESSFUL
    zone = parse_mrz(passport.mrz, on=DAY)
    assert zone.valid
    assert (zone.issuer, zone.expiry_date and zone.expiry_date >= "2027-06-24") == ("TWN", True)
    assert passport.live_image[:2] == b"\xff\xd8"


def test_a_misprint_is_one_wrong_check_digit() -> None:
    office = PassportOffice(["UTO"], seed=1, on=DAY)
    order = Order(made_up_holder("UTO", 7, on=DAY), misprinted=True)
    wrong = [name for name, right in parse_mrz(office.passport(order).mrz, on=DAY).checks.items() if not right]
    assert wrong == ["composite"]


def test_an_expired_passport_is_expired() -> None:
    office = PassportOffice(["UTO"], seed=1, on=DAY)
    zone = parse_mrz(office.passport(Order(made_up_holder("UTO", 7, on=DAY), Fault.EXPIRED)).mrz, on=DAY)
    assert zone.expiry_date is not None
    assert zone.expiry_date < "2026-11-21"


def test_a_state_without_a_code_has_no_office() -> None:
    with pytest.raises(UnreadableError, match="no state issues passports under the code ZZZ"):
        PassportOffice(["ZZZ"], seed=1, on=DAY)
