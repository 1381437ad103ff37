"""Regular expressions of rules: by RE2, whose time is bounded, and by Python's own where a rule looks ahead."""

from __future__ import annotations

import re
from typing import Any, Protocol

import re2
from sigma.policy import SigmaPolicy
from sigma.policy.regex_engine import RegexEngine

from gatehouse.kernel.errors import UnreadableError

_LETTERS = ((re.IGNORECASE, "i"), (re.MULTILINE, "m"), (re.DOTALL, "s"))
_QUIET = re2.Options()
_QUIET.log_errors = False


class Pattern(Protocol):
    def search(self, text: str, /) -> object: ...


def compiled(pattern: str, flags: int = 0) -> Pattern:
    """Raises `UnreadableError` for what neither reads."""
    letters = "".join(letter for flag, letter in _LETTERS if flags & flag)
    whole = f"(?{letters}){pattern}" if letters else pattern
    try:
        found: Pattern = re2.compile(whole, _QUIET)
    except re2.error:
        try:
            return re.compile(whole)
        except (re.error, OverflowError, RecursionError) as error:
            raise UnreadableError("its regular expression cannot be read: %(cause)s", cause=str(error)) from error
    return found


class _Engine(RegexEngine):
    """For pySigma, which looks at each expression when it reads a rule."""

    def compile(self, pattern: str, flags: int = 0) -> Any:
        return compiled(pattern, flags)

    @property
    def error(self) -> type[Exception]:
        return UnreadableError


POLICY = SigmaPolicy(regex_engine=_Engine())
