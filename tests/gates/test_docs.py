"""The page about lanes draws the table that runs."""

from __future__ import annotations

from pathlib import Path

from gatehouse.gates.machine.drawing import BEGINS, ENDS, drawn

PAGE = Path(__file__).resolve().parents[2] / "docs" / "gates.md"


def test_the_page_is_drawn_from_the_table() -> None:
    text = PAGE.read_text()
    assert text[text.index(BEGINS) : text.index(ENDS) + len(ENDS)] == drawn()
