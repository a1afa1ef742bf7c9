"""Reads a text as a family will, and says what is hard about it and what to write instead.

The rules are those of `easy-read.md` that a text alone can decide, numbers filled in. It proves
form, not that anybody understands.
"""

from collections.abc import Callable, Iterator

from dashboard.words.easy_read import by_number, by_shape, by_word
from dashboard.words.easy_read.fault import Fault, Level

Rule = Callable[[str], Iterator[Fault]]
RULES: tuple[Rule, ...] = (*by_shape.RULES, *by_word.RULES, *by_number.RULES)


def lint(text: str) -> list[Fault]:
    """Every fault of a text, by rule, each once; none for an empty text."""
    return list(dict.fromkeys(fault for rule in RULES for fault in rule(text)))


def find_errors(text: str) -> list[Fault]:
    """Those that stop a text."""
    return [fault for fault in lint(text) if fault.level is Level.error]
