"""Bring the translations up to date: every sentence that a screen can show, found in templates and in the code.

    python scripts/translations.py          add what is new to the .po, drop what is gone, compile the .mo

Sentences are found without running anything: in templates by Django's own reader, in the code by its syntax tree:
`gettext` and its kin, and the literal first argument of every `Reason` and every error of `gatehouse.kernel.errors`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "gatehouse"
CATALOGUE = SOURCE / "locale" / "zh_Hant" / "LC_MESSAGES" / "django.po"
#: Calls whose first argument is a sentence, or a context with the sentence after it.
SENTENCE = {"_", "gettext", "gettext_lazy", "Reason"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
PLURAL = {"ngettext", "ngettext_lazy"}
_TEMPLATE_CALL = re.compile(
    r"""\b(n?p?gettext)\(\s*(u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))(?:\s*,\s*(u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")))?"""
)


class Message(NamedTuple):
    text: str
    plural: str = ""
    context: str | None = None


def collected() -> dict[Message, str]:
    """Every message, with the first file that has it."""
    found: dict[Message, str] = {}
    for path in sorted(SOURCE.rglob("*.html")):
        for message in in_template(path.read_text(encoding="utf-8")):
            found.setdefault(message, path.relative_to(SOURCE).as_posix())
    errors = error_names()
    for path in sorted(SOURCE.rglob("*.py")):
        for message in in_code(path.read_text(encoding="utf-8"), errors):
            found.setdefault(message, path.relative_to(SOURCE).as_posix())
    return found


def in_template(text: str) -> Iterator[Message]:
    for call, first, second in _TEMPLATE_CALL.findall(templatize(text)):
        one, two = ast.literal_eval(first), ast.literal_eval(second) if second else ""
        if call == "pgettext":
            yield Message(two, context=one)
        else:
            yield Message(one, two if call == "ngettext" else "")


def in_code(text: str, errors: Iterable[str] = ()) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name in SENTENCE or name in errors:
            yield from (Message(word) for word in words[:1] if node.args and word == _first(node))
        elif name in IN_CONTEXT and len(words) == 2:
            yield Message(words[1], context=words[0])
        elif name in PLURAL and len(words) == 2:
            yield Message(words[0], words[1])


def _first(node: ast.Call) -> object:
    return node.args[0].value if isinstance(node.args[0], ast.Constant) else None


def error_names() -> set[str]:
    """The anticipated errors and those made from them in any room, whose first argument is a sentence."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for path in SOURCE.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    }
    found = {"GatehouseError"}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return found


def key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural, entry.msgctxt)


def main() -> None:
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=120)
    kept = {key(entry): entry for entry in catalogue}
    found = collected()
    catalogue.clear()
    for message, place in sorted(found.items(), key=lambda item: (item[1], item[0].text)):
        entry = kept.get(message) or polib.POEntry(
            msgid=message.text, msgid_plural=message.plural, msgctxt=message.context
        )
        if message.plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: ""}
        entry.occurrences = [(place, "")]
        entry.flags = ["python-format"] if "%(" in message.text else []
        catalogue.append(entry)
    catalogue.save()
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    missing = [entry for entry in catalogue if not entry.translated()]
    print(f"{len(catalogue)} messages, {len(missing)} without a translation")


if __name__ == "__main__":
    main()
