"""Results of a plan that were measured on what the plan has not replaced yet."""

from __future__ import annotations

import re

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.quantities import PERCENT

_NOT_YET = re.compile(
    r"(?:尚未|仍未|未及|未能|未)(?:正式|全面|全數)?(?:使用|啟用|上線|完成|汰換|更新|建置|更換|導入|安裝|裝設|交付|驗收|通車|營運|啟動|換裝|到貨|投入)"
    r"|(?:尚|仍|猶)(?:在|於)?(?:測試|試運轉|建置|施工|安裝|招標|採購|驗收)"
)
_OLD = re.compile(
    r"(?:現行|既有|原有|現有|舊有|舊式|舊型|舊版|舊|原|前一代|上一代)(?=[^，。；]{0,16}(?:設備|系統|車輛|車隊|車種|儀器|機組|設施|平臺|機臺|機器|裝置|線路|網路|館舍|閘門|資料庫|電腦|機型|列車|艦艇|船|儀|機))"
)
_MEASURED = re.compile(
    r"(?:計算|統計|量測|衡量|評估|計列|推估|估算|填列|採計|調查|測得|測量|計得|核算|核計|推算|試算|認列|代替|替代)"
)


def attribution(document: Document) -> Seen:
    """Every sentence that says what an indicator was measured on."""
    seen = Seen()
    for sentence in document.sentences:
        old = _OLD.search(sentence.text)
        measured = _MEASURED.search(sentence.text, old.end()) if old else None
        if old is None or measured is None or re.search(r"以新", sentence.text[old.end() : measured.start()]):
            continue
        not_yet = _NOT_YET.search(sentence.text)
        seen.add("attributions", _finding(sentence, old.start()) if not_yet else None)
    return seen


def _finding(sentence: Sentence, old: int) -> Finding:
    after = [q for q in sentence.quantities if q.start > old and q.unit]
    values = after or [q for q in sentence.quantities if q.unit == PERCENT]
    printed = sentence.printed(values[0]) if values else sentence.passage.quote(old, len(sentence.text))
    reason = Reason(
        "measured on equipment that the plan has not replaced yet: the value says nothing of what the plan achieved"
    )
    expected = Reason("a value measured on the new equipment, or none for this year")
    kind = (Rule.ATTRIBUTION, Severity.MEDIUM, Confidence.HIGH)
    return Finding(*kind, sentence.passage.printed, sentence.line, printed, expected, reason)
