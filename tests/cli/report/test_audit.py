from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import run

WRONG = "預算編列91,378千元，實際執行217千元，執行率為2.37%。\n"


def test_findings_are_exit_code_1_and_one_json_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    path.write_text(WRONG, encoding="utf-8")
    code, out, err = run(capsys, "report", "audit", str(path), "--json")
    assert (code, err) == (1, "")
    found = json.loads(out)
    assert found["findings"] == [
        {
            "rule": "ratio",
            "severity": "high",
            "confidence": "high",
            "quote": "預算編列91,378千元，實際執行217千元，執行率為2.37%",
            "line": 1,
            "printed": "2.37%",
            "expected": "0.24%",
            "explanation": "217千元 divided by 91,378千元 is 0.24%, not 2.37%",
        }
    ]
    assert list(found["checked"]) == [
        "ratios", "sums", "units", "counts", "dates", "lists", "laws", "plans", "targets", "attributions"
    ]  # fmt: skip
    assert found["checked"]["ratios"] == 1


def test_for_a_person_the_passage_stands_with_its_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    path.write_text(WRONG, encoding="utf-8")
    code, out, _ = run(capsys, "report", "audit", str(path))
    assert code == 1
    assert out.startswith("line 1: ratio, high severity, high confidence\n  「預算編列91,378千元")
    assert "\n1 findings\nchecked: 1 ratios, 0 sums" in out


def test_a_clean_report_is_exit_code_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    path.write_text(WRONG.replace("2.37", "0.24"), encoding="utf-8")
    code, out, err = run(capsys, "report", "audit", str(path), "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["findings"] == []


def test_targets_are_held_against_the_report_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = "指標名稱(A)|年度目標值(B)|實際值(C)|達成率(C/B)\n"
    before, now = tmp_path / "before.txt", tmp_path / "now.txt"
    before.write_text(head + "國人使用率|60%|72.3%|100%\n", encoding="utf-8")
    now.write_text(head + "國人使用率|65%|66%|100%\n", encoding="utf-8")
    code, out, _ = run(capsys, "report", "audit", str(now), "--previous", str(before), "--json")
    assert code == 1
    (finding,) = json.loads(out)["findings"]
    assert (finding["rule"], finding["printed"]) == ("target_quality", "65%")
    assert "72.3%" in finding["explanation"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x00\x01", "the file is no PDF, ODT, DOCX or HTML, and no text in UTF-8 or Big5"),
        (rb"{\rtf1\ansi", "RTF is not read: save the report as ODT, DOCX, PDF or text"),
        ("年度目標".encode("gb18030"), "no text in UTF-8 or Big5"),
        (b"%PDF-1.7 broken", "the PDF is broken"),
        (b"PK\x03\x04 broken", "the packed file is broken or locked"),
    ],
)
def test_what_cannot_be_read_is_exit_code_2(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report"
    path.write_bytes(content)
    code, out, err = run(capsys, "report", "audit", str(path), "--json")
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
