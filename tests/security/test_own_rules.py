"""The house's own rules: each finds what it is for, and nothing beside it, in lines as their sources write them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from tests.security.leaves import leaf, look

from gatehouse.audit.verifier import verify
from gatehouse.security.api import OWN_RULES, Form, detect, load_rules, normalised, read_events

RULES = load_rules(OWN_RULES)
FACTS = {path.stem: list(yaml.safe_load_all(path.read_text())) for path in sorted(OWN_RULES.glob("*.yml"))}
QUIET = [leaf("platform.sign_in", minute=-60), leaf("platform.sign_out", minute=120)]


def say(**fields: Any) -> bytes:
    return json.dumps({"time": "2026-11-26T03:00:00Z", **fields}).encode()


def refused(number: int, user: str = "wu", address: str = "203.0.113.9") -> bytes:
    return f"Nov 26 03:00:{number:02} gate sshd[7]: Failed password for {user} from {address} port 1 ssh2".encode()


def shown(minute: float, address: str, serial: str = "4f2a") -> bytes:
    at = f"2026-11-26T03:{int(minute):02}:00Z"
    return json.dumps({"time": at, "tls.certificate.serial_number": serial, "src_endpoint.ip": address}).encode()


def verdict(log: list[bytes]) -> bytes:
    return json.dumps(verify(log, [], []).as_dict()).encode()


def opened(site: str, minute: float, actor: str = "user:chen") -> bytes:
    return leaf("border.inspection_open", subject="t1", site=site, minute=minute, actor=actor)


LATER = opened("TPE", 31)


def listed(count: int) -> list[bytes]:
    return [look(f"t{n}", minute=n / 20, searched_by=["day", "direction", "port"]) for n in range(count)]


def logs(count: int, actor: str = "user:chen") -> bytes:
    return leaf("border.inspection_log", actor=actor, profile="standard", inspections=count)


def admitted(proposed: str, kind: str = "admit", **more: Any) -> bytes:
    return leaf(f"border.decision_{kind}", subject="t1", purpose="border_check", proposed=proposed, **more)


#: By rule: lines that it is true of, and lines close to them that it is not true of.
CASES: dict[str, tuple[list[bytes], list[bytes]]] = {
    "bulk_look_ups": (
        [look(f"t{n}", minute=n / 4) for n in range(30)],
        [
            *(look(f"t{n % 29}", minute=n / 8) for n in range(60)),
            *(look(f"t{n}", minute=n / 4, purpose="border_check", case="i", actor="user:lin") for n in range(30)),
            *(look(f"t{n}", minute=n, actor="user:wu") for n in range(30)),
        ],
    ),
    "many_records_in_lists": (listed(500), listed(499)),
    "export_volume": ([logs(6000), logs(4001)], [logs(6000), logs(4000), logs(6000, "user:lin")]),
    "look_up_of_oneself": (
        [look("t1", officer_person="t1")],
        [
            look("t1", officer_person="t2"),
            look("t1"),
            leaf("border.inspection_open", subject="t1", officer_person="t1"),
        ],
    ),
    "look_up_of_a_relative": (
        [look("t1", officer_relatives=["t7", "t1"])],
        [look("t1", officer_relatives=["t7", "t11"]), look("t1", officer_relatives=[])],
    ),
    "look_up_of_a_protected_person": (
        [look("t1", subject_protected=True)],
        [look("t1", subject_protected=False), look("t1", subject_protected=True, purpose="border_check", case="i")],
    ),
    "off_shift": (
        [look("t1", on_shift=False), admitted("admit", on_shift=False)],
        [look("t1", on_shift=True), look("t1"), leaf("platform.sign_in", on_shift=False)],
    ),
    "override_without_a_second_person": (
        [admitted("refuse"), admitted("hold", kind="release")],
        [admitted("admit"), admitted("refuse", second_officer="user:lin"), admitted("refuse", kind="refer")],
    ),
    "look_without_an_inspection": (
        [*QUIET, look("t1", purpose="border_check"), LATER],
        [
            *QUIET,
            look("t1", purpose="border_check", minute=1),
            opened("TPE", 31),
            look("t2", purpose="border_check", case="an inspection"),
            look("t3", purpose="case", case="c"),
            look("t4", purpose="border_check", minute=-31),  # too near the beginning of the log to be judged
        ],
    ),
    "impossible_travel": (
        [opened("TPE", 0), opened("KHH", 29)],
        [
            opened("TPE", 0),
            opened("KHH", 31),
            opened("RMQ", 0, "user:lin"),
            *(look("t1", site=site, actor="user:wu") for site in ("TPE", "KHH")),
        ],
    ),
    "certificate_reused": (
        [shown(0, "10.1.0.7"), shown(9, "10.2.0.9")],
        [shown(0, "10.1.0.7"), shown(5, "10.1.0.7"), shown(16, "10.2.0.9"), shown(17, "10.3.0.1", "77")],
    ),
    "camera_covered": (
        [say(action="device.camera_state", detail={"state": "covered"})],
        [say(action="device.camera_state", detail={"state": "clear"}), say(detail={"state": "covered"})],
    ),
    "clock_jump": (
        [say(detail={"skew_s": 60.0}), say(detail={"skew_s": -3600.5})],
        [say(detail={"skew_s": 59.9}), say(detail={"skew_s": -59.9}), say(detail={})],
    ),
    "chain_break": ([verdict([b"no entry\n"])], [verdict([])]),
    "break_glass": ([leaf("platform.break_glass", reason="the network is down")], [leaf("platform.sign_in")]),
    "role_to_oneself": (
        [leaf("platform.role_grant", user="user:chen", role="supervisor")],
        [leaf("platform.role_grant", user="user:lin", role="supervisor")],
    ),
    "backup_failed": (
        [b"<27>Nov 26 03:00:00 db systemd[1]: gatehouse-backup.service: Failed with result 'exit-code'."],
        [
            b"<30>Nov 26 03:00:00 db systemd[1]: gatehouse-backup.service: Deactivated successfully.",
            b"<27>Nov 26 03:00:00 db systemd[1]: gatehouse.service: Failed with result 'exit-code'.",
        ],
    ),
    "brute_force_sign_in": (
        [refused(n) for n in range(10)]
        + [leaf("platform.sign_in_refuse", minute=60 + n / 60, address="10.0.0.9") for n in range(10)],
        [*(refused(n) for n in range(9)), *(refused(n, "wu", f"10.0.0.{n}") for n in range(20))],
    ),
}


def found(lines: list[bytes]) -> list[tuple[str, tuple[int, ...]]]:
    read, bad = normalised(lines, Form.AUTO, now=datetime(2026, 11, 26, 12, tzinfo=UTC))
    assert bad == []
    events, _ = read_events(json.dumps(each.fields).encode() for each in read)
    return [(alert.title, alert.event_lines) for alert in detect(RULES, events)]


def test_there_is_a_case_for_each_rule() -> None:
    assert RULES.rejected == ()
    assert CASES.keys() == FACTS.keys()


@pytest.mark.parametrize("name", CASES)
def test_it_finds_what_it_is_for_and_nothing_else(name: str) -> None:
    misuse, innocent = CASES[name]
    titles = {each["title"] for each in FACTS[name]}
    said = found(misuse)
    assert {title for title, _ in said} <= titles
    acts = [n for n, line in enumerate(misuse, 1) if line not in (*QUIET, LATER)]
    assert sorted({line for _, lines in said for line in lines}) == acts
    assert found(innocent) == []


def test_many_accounts_from_one_address_are_found_as_well() -> None:
    (said,) = found([refused(n, f"user{n}") for n in range(5)])
    assert said == ("Many sign-ins refused (accounts)", (1, 2, 3, 4, 5))


@pytest.mark.parametrize("name", FACTS)
def test_each_says_what_whoever_gets_its_alert_has_to_know(name: str) -> None:
    for facts in FACTS[name]:
        assert UUID(facts["id"])
        assert facts["author"] == "Gatehouse"
        assert facts["description"]
        if facts["level"] != "informational":
            assert all(isinstance(each, str) for each in (*facts["falsepositives"], *facts["references"]))
            assert facts["falsepositives"]
            assert facts["references"]


def test_acts_that_rules_name_are_the_houses_or_documented() -> None:
    root = Path(__file__).parents[2]
    code = "".join(
        path.read_text() for path in (root / "src/gatehouse").rglob("*.py") if "/security/" not in path.as_posix()
    )
    asked = (root / "docs/security.md").read_text()
    named = {
        action
        for path in OWN_RULES.glob("*.yml")
        for action in re.findall(r"\b(?:person|border|platform|device)\.[a-z_]+\b", path.read_text())
    }
    decisions = {each for each in named if each.startswith("border.decision_")}
    assert decisions == {"border.decision_", "border.decision_admit", "border.decision_release"}
    assert 'f"border.decision_{kind.value}"' in code
    assert 'f"border.device_{event.kind}"' in code
    others = named - decisions - {"border.device_sign_on"}
    assert {each for each in others if f'"{each}"' not in code and f"`{each}`" not in asked} == set()
