"""How much was looked at: with many tests some say that something differs by chance."""

from collections.abc import Iterable

from dashboard.analysis.verdict import Verdicts


def count_tests(judged: Iterable[Verdicts]) -> int:
    """Every comparison and change that was tested and every control chart that was read, whatever
    came out of it."""
    return sum(_tests(one) for one in judged)


def looked_at_words(judged: Iterable[Verdicts]) -> str:
    """`67 measures were looked at and 120 tests made. ...`"""
    every = [*judged]
    tests = count_tests(every)
    measures = "1 measure was" if len(every) == 1 else f"{len(every)} measures were"
    made = "1 test was" if tests == 1 else f"{tests or 'no'} tests were"
    said = f"{measures} looked at and {made} made."
    if not tests:
        return said
    return f"{said} Of 20 tests where nothing differs, about one still says that something does."


def _tests(one: Verdicts) -> int:
    compared = sum(1 for comparison in one.comparisons if comparison.word)
    changed = sum(1 for change in (one.change, one.yearly) if change.word)
    return compared + changed + (one.control.variation is not None)
