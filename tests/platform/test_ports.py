from gatehouse.platform.ports import ports
from gatehouse.platform.profile import profile


def test_the_reference_profile_names_its_ports_in_every_language_of_the_agency() -> None:
    found = ports()
    assert list(found)[:2] == ["TSA", "TPE"]
    assert found["TPE"].kind == "air"
    assert found["TWKEL"].name["zh-hant"] == "基隆港"
    assert all(set(port.name) == set(profile().agency.languages) for port in found.values())
