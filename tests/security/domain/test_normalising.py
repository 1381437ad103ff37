"""Events of hosts and networks in OCSF's shape, with nothing lost and what is not understood told."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.security.leaves import leaf, look
from tests.security.made import rule, ruleset

from gatehouse.security.api import Form, detect, normalised, read_events

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
#: RFC 5424, clause 6.5, examples 1, 3 and 4; RFC 3164, clause 5.4, example 1.
EXAMPLE_1 = (
    "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \ufeff'su root' failed for lonvick on /dev/pts/8"
)
EXAMPLE_3 = (
    "<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 "
    '[exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"] \ufeffAn application event log entry...'
)
EXAMPLE_4 = (
    "<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 "
    '[exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"][examplePriority@32473 class="high"]'
)
OLD = "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8"
SSH_FAILED = "Feb 28 03:10:01 bastion sshd[1234]: Failed password for invalid user admin from 203.0.113.9 port 22 ssh2"
SSH_OPENED = "<38>Feb 28 03:10:09 bastion sshd[1234]: Accepted publickey for chen from 10.0.0.7 port 5023 ssh2: ED25519"
PAM_FAILED = "Feb 28 03:11:00 desk login: pam_unix(login:auth): authentication failure; rhost=10.0.0.9 user=wu"
ALERT = {
    "timestamp": "2026-02-28T03:12:00.000000+0800",
    "flow_id": 1,
    "event_type": "alert",
    "src_ip": "10.0.0.7",
    "src_port": 50000,
    "dest_ip": "10.0.0.1",
    "dest_port": 80,
    "proto": "TCP",
    "alert": {"signature_id": 2001219, "signature": "ET SCAN Potential SSH Scan", "severity": 2},
}


def one(line: str, form: Form = Form.AUTO) -> dict[str, Any]:
    (found,), bad = normalised([line.encode()], form, now=NOW)
    assert bad == []
    return found.fields


def test_a_line_of_rfc_5424() -> None:
    found = one(EXAMPLE_1)
    assert found["message"] == "'su root' failed for lonvick on /dev/pts/8"
    assert (found["device.hostname"], found["app_name"], found["msgid"]) == ("mymachine.example.com", "su", "ID47")
    assert (found["severity_id"], found["facility"], found["time"]) == (5, 4, "2003-10-11T22:14:15.003000+00:00")
    assert "process.pid" not in found


def test_structured_data_are_fields() -> None:
    found = one(EXAMPLE_3)
    assert found["exampleSDID@32473.eventID"] == "1011"
    assert found["message"] == "An application event log entry..."
    assert one(EXAMPLE_4)["examplePriority@32473.class"] == "high"
    escaped = one('<1>1 - - - - - [a b="x\\"y\\]z\\\\"] m')
    assert escaped["a.b"] == 'x"y]z\\'


def test_a_line_of_rfc_3164_gets_the_last_year_in_which_it_does_not_lie_ahead() -> None:
    assert one(OLD)["time"] == "2025-10-11T22:14:15+00:00"
    assert one(SSH_FAILED)["time"] == "2026-02-28T03:10:01+00:00"
    assert one("Feb 29 03:10:01 h a: m")["message"] == "m"  # no such day in either year: no time


@pytest.mark.parametrize(
    ("line", "status", "user", "address"),
    [
        (SSH_FAILED, "Failure", "admin", "203.0.113.9"),
        (SSH_OPENED, "Success", "chen", "10.0.0.7"),
        (PAM_FAILED, "Failure", "wu", "10.0.0.9"),
    ],
)
def test_who_came_in_or_was_not_let_in(line: str, status: str, user: str, address: str) -> None:
    found = one(line)
    assert (found["class_uid"], found["type_uid"], found["status"]) == (3002, 300201, status)
    assert (found["user.name"], found["src_endpoint.ip"]) == (user, address)


def test_an_alert_of_suricata_keeps_its_own_names() -> None:
    found = one(json.dumps(ALERT))
    assert (found["class_uid"], found["severity_id"], found["finding_info.uid"]) == (2004, 3, 2001219)
    assert (found["src_endpoint.ip"], found["dst_endpoint.port"]) == ("10.0.0.7", 80)
    assert (found["src_ip"], found["alert"]["signature"]) == ("10.0.0.7", "ET SCAN Potential SSH Scan")
    assert found["time"] == "2026-02-27T19:12:00+00:00"


def test_an_alert_whose_severity_is_none_is_of_no_severity() -> None:
    odd = {**ALERT, "alert": {**ALERT["alert"], "severity": [2]}}  # type: ignore[dict-item]
    assert one(json.dumps(odd))["severity_id"] == 1


@pytest.mark.parametrize(
    ("kind", "said", "class_", "named"),
    [
        (
            "dns",
            {"type": "query", "rrname": "a.example", "rrtype": "A"},
            4003,
            {"query.hostname": "a.example", "query.type": "A"},
        ),
        (
            "dns",
            {"version": 3, "queries": [{"rrname": "b.example"}], "rcode": "NXDOMAIN"},
            4003,
            {"query.hostname": "b.example", "rcode": "NXDOMAIN"},
        ),
        (
            "http",
            {"hostname": "c.example", "url": "/x", "http_method": "GET", "status": 404},
            4002,
            {
                "http_request.url.hostname": "c.example",
                "http_request.url.path": "/x",
                "http_request.http_method": "GET",
                "http_response.code": 404,
            },
        ),
        (
            "flow",
            {"bytes_toserver": 74, "bytes_toclient": 1200},
            4001,
            {"traffic.bytes_out": 74, "traffic.bytes_in": 1200},
        ),
        ("tls", {"sni": "d.example", "version": "TLS 1.3"}, 4001, {"tls": {"sni": "d.example", "version": "TLS 1.3"}}),
    ],
)
def test_what_suricata_says_of_the_network(kind: str, said: dict[str, Any], class_: int, named: dict[str, Any]) -> None:
    event = {"timestamp": ALERT["timestamp"], "event_type": kind, "flow_id": 7, "src_ip": "10.0.0.7", kind: said}
    found = one(json.dumps(event))
    assert (found["class_uid"], found["src_endpoint.ip"], found[kind]) == (class_, "10.0.0.7", said)
    assert {name: found[name] for name in named} == named


def test_plain_json_stays_as_it_is_and_gets_its_time() -> None:
    found = one('{"EventTime": "2026-02-28T03:00:00Z", "a": {"b": 1}}')
    assert (found["a"], found["class_uid"], found["time"]) == ({"b": 1}, 0, "2026-02-28T03:00:00+00:00")
    assert one('{"class_uid": 6003, "x": 1}') == {"class_uid": 6003, "x": 1}


def test_rules_by_either_name_find_what_was_normalised() -> None:
    found, _ = normalised([SSH_FAILED.encode(), json.dumps(ALERT).encode()], Form.AUTO, now=NOW)
    events, _ = read_events(json.dumps(each.fields).encode() for each in found)
    rules = ruleset(
        rule({"s": {"class_uid": 3002, "status": "failure"}, "condition": "s"}, 1),
        rule({"s": {"alert.signature|contains": "ssh scan"}, "condition": "s"}, 2),
        rule({"s": ["Failed password"], "condition": "s"}, 3),
    )
    assert [alert.event_lines for alert in detect(rules, events)] == [(1,), (2,), (1,)]


def test_a_leaf_keeps_its_names_and_gets_those_of_ocsf() -> None:
    found = one(look("t1", minute=1, case="c", shown=["name"]).decode())
    assert (found["action"], found["purpose"], found["site"]) == ("person.look", "case", "TPE")
    assert (found["actor"], found["user.name"], found["subject"], found["case"]) == ("user:chen", "chen", "t1", "c")
    assert (found["detail"], found["index"]) == ({"shown": ["name"]}, 0)
    assert (found["class_uid"], found["type_uid"], found["time"]) == (6003, 600302, "2026-11-26T03:01:00+00:00")
    assert found["metadata.uid"] == found["id"]


def test_signing_in_is_authentication_and_an_act_of_a_device_names_it() -> None:
    found = one(leaf("platform.sign_in").decode())
    assert (found["type_uid"], found["status"], found["user.name"]) == (300201, "Success", "chen")
    assert one(leaf("border.device_sign_off").decode())["type_uid"] == 300202
    refused = one(leaf("platform.sign_in_refuse", address="10.0.0.9").decode())
    assert (refused["type_uid"], refused["status"], refused["user.name"]) == (300201, "Failure", "chen")
    assert refused["src_endpoint.ip"] == "10.0.0.9"
    guessed = one(leaf("platform.confirm_refuse", page="/act/", address="10.0.0.9").decode())
    assert (guessed["type_uid"], guessed["status"], guessed["src_endpoint.ip"]) == (300201, "Failure", "10.0.0.9")
    assert one(leaf("platform.confirm").decode())["status"] == "Success"
    odd = json.loads(leaf("platform.sign_in_refuse"))
    odd["payload"]["detail"] = "no object"
    assert one(json.dumps(odd))["status"] == "Failure"
    unknown = one(leaf("platform.sign_in_refuse", actor="system:sign_in", account="5f0a", address="10.0.0.9").decode())
    assert (unknown["user.name"], unknown["app_name"]) == ("5f0a", "sign_in")
    passed = one(leaf("border.crossing_record", actor="device:egate7").decode())
    assert (passed["type_uid"], passed["device.hostname"]) == (600301, "egate7")
    assert "user.name" not in passed


def test_a_leaf_without_its_payload_says_what_the_tree_says() -> None:
    line = json.loads(look("t1"))
    del line["payload"]
    found = one(json.dumps(line))
    assert found["action"] == "person.look"
    assert {"actor", "subject", "detail", "derived.inspection_within_30m"}.isdisjoint(found)


def test_a_look_that_an_inspection_belongs_to_says_so() -> None:
    lines = [
        leaf("platform.sign_in", minute=-60),
        look("t1", purpose="border_check"),
        look("t2", purpose="border_check"),
        look("t3", purpose="border_check", case="an inspection"),
        leaf("border.inspection_open", subject="t2", minute=-30),
        look("t1", purpose="border_check", minute=80),
        leaf("platform.sign_out", minute=100),
    ]
    found, _ = normalised(lines, Form.AUDIT, now=NOW)
    name = "derived.inspection_within_30m"
    assert [each.fields.get(name) for each in found] == [None, False, True, None, None, None, None]


@pytest.mark.parametrize(
    ("line", "form", "said"),
    [
        ("no syslog at all", Form.SYSLOG, "it is no line of syslog"),
        ("<999>1 - - - - - -", Form.SYSLOG, "at most 191"),
        ("[1]", Form.JSON, "it is no JSON object"),
        ("{", Form.EVE, "EOF"),
        ('{"index":1,"leaf":null,"leaf_hash":"00"}', Form.AUDIT, "it holds no leaf"),
        ('{"leaf":{"action":"a.b"}}', Form.AUDIT, "a leaf has an action and a time"),
        ('{"leaf":{"action":"a.b","time":"soon"}}', Form.AUDIT, "isoformat"),
    ],
)
def test_a_line_that_is_not_understood_is_told_and_stops_no_other(line: str, form: Form, said: str) -> None:
    good = {Form.SYSLOG: OLD, Form.JSON: "{}", Form.EVE: json.dumps(ALERT), Form.AUDIT: look("t1").decode()}[form]
    found, (bad,) = normalised([b"\n", line.encode(), good.encode()], form, now=NOW)
    assert [each.line for each in found] == [3]
    assert bad.line == 2
    assert said in bad.cause


@given(st.lists(st.binary(max_size=200), max_size=5), st.sampled_from(Form))
def test_nothing_breaks_it_and_nothing_is_lost(lines: list[bytes], form: Form) -> None:
    found, bad = normalised(lines, form, now=NOW)
    spoken = [n for n, line in enumerate(lines, 1) if line.decode("utf-8", "replace").strip()]
    assert sorted([each.line for each in found] + [each.line for each in bad]) == spoken
