from __future__ import annotations

import pytest
from tests.workstations.doubles import Plugs

from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations.pcsc.driver import PcscDriver
from gatehouse.workstations.registry import drivers
from gatehouse.workstations.settings import DriverSettings


def test_a_driver_of_the_composition_gets_its_options() -> None:
    given = []

    def factory(options: object) -> Plugs:
        given.append(options)
        return Plugs()

    [found] = drivers([DriverSettings(name="double", options={"a": 1})], {"double": factory})
    assert isinstance(found, Plugs)
    assert given == [{"a": 1}]


def test_a_driver_is_found_by_the_entry_point_of_what_is_installed() -> None:
    [found] = drivers([DriverSettings(name="pcsc", options={"readers": ["ACS"]})], {})
    assert isinstance(found, PcscDriver)


def test_an_unknown_driver_and_unknown_options_are_one_clear_error() -> None:
    with pytest.raises(UnreadableError, match=r"there is no driver acme; installed are: .*pcsc"):
        list(drivers([DriverSettings(name="acme")], {}))
    with pytest.raises(UnreadableError, match=r"there is no driver acme; installed are: .*pcsc, simulated$"):
        list(drivers([DriverSettings(name="acme")], {"simulated": PcscDriver}))
    with pytest.raises(UnreadableError, match="the driver pcsc: baud: Extra inputs are not permitted"):
        list(drivers([DriverSettings(name="pcsc", options={"baud": 9600})], {}))
