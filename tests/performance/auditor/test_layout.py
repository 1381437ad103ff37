"""Lines and cells of a page, as programs set them: a line in pieces wherever the font changes."""

from __future__ import annotations

from gatehouse.performance.auditor.reading.layout import Piece, items_of


def line(y: float, *pieces: tuple[str, float]) -> list[Piece]:
    return [Piece(text, x, y, 12.0) for text, x in pieces]


def test_wide_figures_and_the_mark_after_them_stay_in_their_line() -> None:
    # DejaVu Serif, as LibreOffice sets it beside a Chinese font: its figures are 0.64 of the size, its % 0.95.
    pieces = line(
        700.0, ("查獲違規廣告減少", 56.8), ("2,050", 152.8), ("件，減幅", 189.8), ("35%", 240.8), ("。", 267.6)
    ) + line(
        680.0, ("編列預算", 56.8), ("100,000", 104.8), ("千元，實支", 156.6), ("98%", 219.6), ("；餘款繳庫。", 246.4)
    )
    assert list(items_of(pieces)) == ["查獲違規廣告減少2,050件，減幅35%。", "編列預算100,000千元，實支98%；餘款繳庫。"]


def test_cells_stay_apart() -> None:
    rows = (("縣市", "核定數", "(", "千元", ")"), ("宜蘭縣", "12,300", "", "", ""), ("屏東縣", "8,450", "", "", ""))
    pieces = [
        piece
        for number, (name, value, *rest) in enumerate(rows)
        for piece in line(
            700.0 - 20 * number, (name, 58.2), (value, 160.0), *zip(rest, (196.0, 200.7, 224.7), strict=True)
        )
        if piece.text
    ]
    assert list(items_of(pieces)) == [[["縣市"], ["核定數(千元)"]], [["宜蘭縣"], ["12,300"]], [["屏東縣"], ["8,450"]]]


def test_a_numeral_belongs_to_its_paragraph_however_far_the_tab_sets_it() -> None:
    pieces = line(700.0, ("(", 90.1), ("一", 94.4), (")", 105.4), ("計畫目標及達成情形：", 130.1)) + line(
        680.0, ("1.", 90.1), ("完成驗收。", 126.1)
    )
    assert list(items_of(pieces)) == ["(一)計畫目標及達成情形：", "1.完成驗收。"]
