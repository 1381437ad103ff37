"""Quantities in a report: a number with its unit or measure word, and the words that say what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from gatehouse.performance.auditor.dates import Day
from gatehouse.performance.auditor.numerals import CHINESE, Number, arabic, chinese

PERCENT, POINTS, MONEY = "%", "百分點", "元"
#: Measure words, the longest first, so that 人次 is not read as 人.
_WORDS = """
人次 人日 人年 人 件次 件 座 臺 個月 個 項次 項 處 場次 場 案件 案 家次 家 車次 航次 架次 班次 輛次 輛 國家 國
種 類 份 戶次 戶 校 所 條 公里 公尺 平方公尺 公噸 噸 公頃 公斤 坪 小時 分鐘 分 秒 天 日 年 週 張 本 艘次 艘 架
班 位 名 筆 床 劑 棟 間 站 度 點次 點 篇 冊 隊次 隊 組件 組 支 根 株 頭 隻 通 則 面向 面 套 包 箱 片 段 門 期
趟 倍 歲 次 縣市 鄉鎮 村里 社區 階段 梯次 單位 檔 部 集 師 對 機關 學校 醫院 機構 團體 廠商 款 堂 節 瓶 盒 具
棵 口 盞 格 席 作品 城市 區 館次 館 園 批次 批 只 枚 頁 幅 例 卷 層 臺次 人份 粒
"""
#: Measure words, the longest first, so that 人次 is not read as 人.
MEASURES = tuple(sorted(_WORDS.split(), key=len, reverse=True))
#: Measure words after which a Chinese numeral is a count: 十二項. 一般 and 三角 are none.
_COUNTED_WORDS = """
項次 項 種 類 處 件 場次 場 座 臺 國 個 家 案 次 人次 人 輛 所 面向 階段 縣市 校 條 期 張 位 名 站 組 本 艘 部 棟 班
"""
_COUNTED = frozenset(_COUNTED_WORDS.split())
_NUMERAL = re.compile(rf"[{CHINESE}]{{1,9}}")
_ABOUT = re.compile(r"(?:約|近|逾|超過|至少|將近|大約|突破|不到|未滿)$")
_OVER = re.compile(r"^[餘多]")
_AFTER = re.compile(r"^(?:以上|以下|左右|上下|許)")
_BIG = re.compile(r"大(?=[^\d，。、]{1,6})")


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in its unit (percent, 元, a measure word), `step` what its last digit counts, `start:end` its place."""

    value: Fraction
    step: Fraction
    unit: str
    start: int
    end: int
    #: The number as printed, without a scale such as 千 or 萬, and that scale.
    bare: Fraction = Fraction(0)
    scale: str = ""
    #: 約, 近, 逾 or 餘: nothing exact is said.
    about: bool = False
    chinese: bool = False

    @property
    def slack(self) -> Fraction:
        """How far the true value may lie from the printed one."""
        return self.step / 2


def quantities_of(text: str, days: tuple[Day, ...] = ()) -> tuple[Quantity, ...]:
    """The quantities of a plain text in their order; dates and ordinals are none."""
    return tuple(_quantities(text, days))


def _quantities(text: str, days: tuple[Day, ...]) -> Iterator[Quantity]:
    place, taken = 0, {day.start: day.end for day in days}
    while place < len(text):
        if place in taken:
            place = taken[place]
            continue
        found = _at(text, place)
        if found is None:
            place = _past(text, place)
            continue
        if not text.endswith("第", 0, place) and not _named(text, place):
            yield found
        place = found.end


def _past(text: str, place: int) -> int:
    """The next place where a number may begin."""
    if text[place].isdigit():
        while place < len(text) and (text[place].isdigit() or text[place] in ",."):
            place += 1
        return place
    return place + 1


def _named(text: str, place: int) -> bool:
    """A digit that belongs to a name: G20, T1, COVID-19, a version 2.0 of something."""
    before = text[max(0, place - 1) : place]
    return (before.isascii() and before.isalpha()) or (
        before in ("-", "_") and text[max(0, place - 2) : place - 1].isalpha()
    )


def _at(text: str, place: int) -> Quantity | None:
    if text.startswith("百分之", place):
        return _per_hundred(text, place)
    if text[place].isascii() and text[place].isdigit():
        number = arabic(text, place)
        return _with_unit(text, place, number) if number else None
    if text[place] in CHINESE:
        return _counted(text, place)
    return None


def _per_hundred(text: str, place: int) -> Quantity | None:
    begin = place + 3
    number = arabic(text, begin)
    if number:
        return Quantity(
            number.value, number.step, PERCENT, place, number.end, number.bare, "", _is_about(text, place, number.end)
        )
    words = _NUMERAL.match(text, begin)
    value = chinese(words[0]) if words else None
    if words is None or value is None:
        return None
    return Quantity(Fraction(value), Fraction(1), PERCENT, place, words.end(), Fraction(value), "", False, True)


def _with_unit(text: str, place: int, number: Number) -> Quantity:
    end, over = number.end, bool(_OVER.match(text[number.end : number.end + 1]))
    end += over
    unit, length = _unit(text, end)
    end += length
    about = over or _is_about(text, place, end)
    return Quantity(number.value, number.step, unit, place, end, number.bare, number.scale, about)


def _is_about(text: str, place: int, end: int) -> bool:
    return bool(_ABOUT.search(text[max(0, place - 3) : place]) or _AFTER.match(text[end : end + 2]))


def _unit(text: str, place: int) -> tuple[str, int]:
    if text.startswith(("%", "﹪"), place):
        return PERCENT, 1
    for word in ("個百分點", POINTS):
        if text.startswith(word, place):
            return POINTS, len(word)
    for word in ("元整", "元", "美元", "歐元", "日圓"):
        if text.startswith(word, place):
            return (MONEY if word.startswith("元") else word), len(word)
    big = _BIG.match(text, place)
    if big:
        return "項", 1
    return next(((word, len(word)) for word in MEASURES if text.startswith(word, place)), ("", 0))


def _counted(text: str, place: int) -> Quantity | None:
    """A count in Chinese numerals: only before a measure word; 一項 and 同一個 count nothing."""
    words = _NUMERAL.match(text, place)
    value = chinese(words[0]) if words else None
    if words is None or value is None or value < 2 or words[0][0] in "百千萬億":
        return None
    unit, length = _unit(text, words.end())
    if unit not in _COUNTED:
        return None
    end = words.end() + length
    about = _is_about(text, place, end)
    return Quantity(Fraction(value), Fraction(1), unit, place, end, Fraction(value), "", about, True)
