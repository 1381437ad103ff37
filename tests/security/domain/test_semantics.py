"""What rules mean (Sigma specification 2.1), row by row: a detection, an event, whether one is true of the other."""

from __future__ import annotations

from typing import Any

import pytest
from tests.security.made import true_of

ROWS: list[tuple[str, Any, dict[str, Any], bool]] = [
    ("a text without case", {"f": "PowerShell"}, {"f": "POWERSHELL"}, True),
    ("a text is the whole value", {"f": "shell"}, {"f": "powershell"}, False),
    ("letters of any script", {"f": "ΣΊΣΥΦΟΣ"}, {"f": "σίσυφος"}, True),
    ("sharp s", {"f|contains": "straße"}, {"f": "HAUPTSTRASSE 1"}, True),
    ("sharp s at the beginning", {"f|startswith": "ss"}, {"f": "ß"}, True),
    ("a field's name without case", {"CommandLine": "x"}, {"commandline": "X"}, True),
    ("with case", {"f|cased": "Admin"}, {"f": "admin"}, False),
    ("with case, the same", {"f|cased": "Admin"}, {"f": "Admin"}, True),
    ("with case, within", {"f|contains|cased": "Adm"}, {"f": "the ADMIN"}, False),
    ("within", {"f|contains": "min"}, {"f": "adMINistrator"}, True),
    ("beginning", {"f|startswith": "adm"}, {"f": "Administrator"}, True),
    ("beginning, elsewhere", {"f|startswith": "min"}, {"f": "Administrator"}, False),
    ("end", {"f|endswith": ".EXE"}, {"f": "cmd.exe"}, True),
    ("end, elsewhere", {"f|endswith": "cmd"}, {"f": "cmd.exe"}, False),
    ("wildcard in between", {"f": "a*z"}, {"f": "A to Z"}, True),
    ("wildcard over lines", {"f": "a*z"}, {"f": "a\nz"}, True),
    ("one character", {"f": "a?c"}, {"f": "abc"}, True),
    ("one character, not none", {"f": "a?c"}, {"f": "ac"}, False),
    ("escaped wildcard", {"f": r"a\*c"}, {"f": "a*c"}, True),
    ("escaped wildcard is no wildcard", {"f": r"a\*c"}, {"f": "abc"}, False),
    ("backslash", {"f|endswith": "\\cmd.exe"}, {"f": "C:\\Windows\\CMD.EXE"}, True),
    ("one of a list", {"f": ["a", "b"]}, {"f": "B"}, True),
    ("all of a list", {"f|contains|all": ["a", "b"]}, {"f": "xaxbx"}, True),
    ("all of a list, one missing", {"f|contains|all": ["a", "c"]}, {"f": "xaxbx"}, False),
    ("fields together", {"f": "a", "g": "b"}, {"f": "a", "g": "c"}, False),
    ("maps of a list are alternatives", [{"f": "a"}, {"g": "b"}], {"f": "x", "g": "b"}, True),
    ("a number", {"f": 4625}, {"f": 4625}, True),
    ("a number that came as text", {"f": 4625}, {"f": "4625"}, True),
    ("a text that came as number", {"f": "4625"}, {"f": 4625}, True),
    ("within a number", {"f|startswith": "46"}, {"f": 4625}, True),
    ("true", {"f": True}, {"f": True}, True),
    ("true as text", {"f": True}, {"f": "TRUE"}, True),
    ("true is no number", {"f": 1}, {"f": True}, False),
    ("null where nothing is", {"f": None}, {"g": "x"}, True),
    ("null where null is", {"f": None}, {"f": None}, True),
    ("null where something is", {"f": None}, {"f": ""}, False),
    ("empty text", {"f": ""}, {"f": ""}, True),
    ("empty text is not null", {"f": ""}, {"g": "x"}, False),
    ("anything", {"f": "*"}, {"f": "x"}, True),
    ("anything is not nothing", {"f": "*"}, {"g": "x"}, False),
    ("exists", {"f|exists": True}, {"f": "x"}, True),
    ("exists not", {"f|exists": False}, {"f": "x"}, False),
    ("exists not, absent", {"f|exists": False}, {"g": "x"}, True),
    ("less", {"f|lt": 5}, {"f": 4.5}, True),
    ("less, as text", {"f|lt": 5}, {"f": "4"}, True),
    ("less than what is no number", {"f|lt": 5}, {"f": "none"}, False),
    ("at least", {"f|gte": 5}, {"f": 5}, True),
    ("more", {"f|gt": 5}, {"f": 5}, False),
    ("expression searches", {"f|re": "b+c"}, {"f": "abbcd"}, True),
    ("expression is with case", {"f|re": "ABC"}, {"f": "abc"}, False),
    ("expression without case", {"f|re|i": "ABC"}, {"f": "abc"}, True),
    ("expression from its beginning", {"f|re": "^b"}, {"f": "ab"}, False),
    ("expression over lines", {"f|re|m": "^b"}, {"f": "a\nb"}, True),
    ("expression with all characters", {"f|re|s": "a.b"}, {"f": "a\nb"}, True),
    ("expression that looks ahead", {"f|re": "a(?!b)"}, {"f": "ab ac"}, True),
    ("network", {"f|cidr": "10.0.0.0/8"}, {"f": "10.255.0.1"}, True),
    ("network, outside", {"f|cidr": "10.0.0.0/8"}, {"f": "11.0.0.1"}, False),
    ("network, no address", {"f|cidr": "10.0.0.0/8"}, {"f": "10.host"}, False),
    ("network of version 6", {"f|cidr": "2001:db8::/32"}, {"f": "2001:DB8:1::1"}, True),
    ("base64", {"f|base64": "foobar"}, {"f": "Zm9vYmFy"}, True),
    ("base64 anywhere", {"f|base64offset|contains": "http://"}, {"f": "xx aHR0cDovL2 yy"}, True),
    ("wide base64", {"f|wide|base64offset|contains": "ab"}, {"f": "YQBiA"}, True),
    ("dash of any kind", {"f|windash|contains": " -enc"}, {"f": "run /ENC x"}, True),
    ("another field", {"f|fieldref": "g"}, {"f": "Same", "g": "same"}, True),
    ("another field, absent", {"f|fieldref": "g"}, {"f": "x"}, False),
    ("another field's beginning", {"f|fieldref|startswith": "g"}, {"f": "same", "g": "SA"}, True),
    ("hour", {"f|hour": 3}, {"f": "2026-11-26T03:59:00Z"}, True),
    ("hour in UTC", {"f|hour": 3}, {"f": "2026-11-26T11:59:00+08:00"}, True),
    ("one value of several", {"f": "b"}, {"f": ["a", "B"]}, True),
    ("values of several together", {"f|contains|all": ["a", "b"]}, {"f": ["xa", "bx"]}, True),
    ("a field in an object", {"a.b": "x"}, {"a": {"b": "X"}}, True),
    ("a field in objects of a list", {"a.b": "y"}, {"a": [{"b": "x"}, {"b": "y"}]}, True),
    ("an envelope", {"EventID": 1}, {"Event": {"System": {"EventID": 1}}}, True),
    ("keyword anywhere", ["error"], {"msg": "An ERROR came"}, True),
    ("keyword in a field within", ["error"], {"a": {"b": ["x", "error!"]}}, True),
    ("keywords of which none is there", ["error", "panic"], {"msg": "fine"}, False),
    ("keyword with wildcard", ["a*z"], {"msg": "from A to Z."}, True),
    ("keyword does not span fields", ["a*z"], {"f": "a", "g": "z"}, False),
    ("all keywords", {"|all": ["a b", "c"]}, {"f": "a b", "g": "C"}, True),
    ("a number as keyword", [4625], {"msg": "event 4625 came"}, True),
]


@pytest.mark.parametrize(("detection", "event", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_detection_is_true_of_an_event(detection: Any, event: dict[str, Any], expected: bool) -> None:
    assert true_of({"s": detection, "condition": "s"}, event) is expected
    assert true_of({"s": detection, "condition": "not s"}, event) is not expected


CONDITIONS: list[tuple[str, dict[str, Any], bool]] = [
    ("a and not b", {"a": 1, "b": 1}, False),
    ("a and not b", {"a": 1}, True),
    ("a or b", {"b": 1}, True),
    ("not a and not b", {}, True),
    ("1 of sel*", {"e": 1}, True),
    ("1 of sel*", {"a": 1}, False),
    ("all of sel*", {"d": 1, "e": 1}, True),
    ("all of sel*", {"d": 1}, False),
    ("1 of them", {"b": 1}, True),
    ("all of them", {"a": 1, "b": 1, "d": 1}, False),
    ("a and (b or 1 of sel*)", {"a": 1, "d": 1}, True),
    ("not 1 of sel*", {"a": 1}, True),
]


@pytest.mark.parametrize(("condition", "event", "expected"), CONDITIONS)
def test_conditions(condition: str, event: dict[str, Any], expected: bool) -> None:
    parts = {"a": {"a": 1}, "b": {"b": 1}, "sel1": {"d": 1}, "sel2": {"e": 1}}
    assert true_of({**parts, "condition": condition}, event) is expected


def test_one_of_several_conditions_is_enough() -> None:
    assert true_of({"a": {"a": 1}, "b": {"b": 1}, "condition": ["a", "b"]}, {"b": 1})
