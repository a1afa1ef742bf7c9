"""The separate statements about a measure, never blended: each a word or why there is none."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.analysis.change import Change
from dashboard.analysis.comparison import Comparison
from dashboard.analysis.path import judge_path
from dashboard.analysis.reason import Reason
from dashboard.analysis.verdict import Verdicts
from dashboard.view import MeasureView
from dashboard.words.changes import change_phrase, change_sentence
from dashboard.words.path import path_phrase, path_sentence
from dashboard.words.steadiness import (
    assurance_sentence,
    variation_phrase,
    variation_sentence,
)
from dashboard.words.values import capital
from dashboard.words.verdicts import (
    comparison_phrase,
    comparison_sentence,
    other_name,
    target_phrase,
    target_sentence,
)

_GOOD = ("better", "improved", "met", "improvement", "passes", "ahead", "on")
_BAD = ("worse", "not_met", "concern", "fails", "off")


@dataclass(frozen=True)
class Statement:
    """`phrase` is the verdict in a few words, "" without one; `kind` is `good`, `bad`, `plain` or
    `none`; `icon` names a picture, "" for none."""

    about: str
    phrase: str
    words: str
    kind: str
    icon: str = ""

    @property
    def rest(self) -> str:
        """The words without the phrase, where they begin with it."""
        for joint in (": ", ". "):
            if self.phrase and self.words.startswith(self.phrase + joint):
                rest = self.words.removeprefix(self.phrase + joint)
                return capital(rest)
        return self.words


def statements(view: MeasureView, verdicts: Verdicts) -> Iterator[Statement]:
    """Change, comparison, target and control chart, each by itself."""
    measure, area = view.measure, view.settings.name
    if not view.published_only:
        yield change_statement(view, verdicts.change, "Change on the same term last year")
    if verdicts.yearly.now:
        yield change_statement(view, verdicts.yearly, "Change between published years")
    for one in verdicts.comparisons:
        if one.reason is not Reason.no_benchmark or one.against == "england":
            yield comparison_statement(view, one)
    if view.published_only:
        return
    if verdicts.target.target:
        word = verdicts.target.word
        yield Statement(
            "Target",
            target_phrase(verdicts.target, measure, area) if word else "",
            target_sentence(verdicts.target, measure, area),
            kind_of(word),
        )
    if view.path:
        yield path_statement(view)
    control = verdicts.control
    yield Statement(
        "Usual ups and downs",
        variation_phrase(control, measure, area) if control.variation else "",
        _steadiness(view, verdicts),
        kind_of(control.variation),
        control.variation.value if control.variation else "",
    )


def _steadiness(view: MeasureView, verdicts: Verdicts) -> str:
    control, measure, area = verdicts.control, view.measure, view.settings.name
    said = variation_sentence(control, measure, area)
    assured = assurance_sentence(control, measure, area) if control.assurance else ""
    return f"{said} {assured}".strip()


def change_statement(view: MeasureView, change: Change, about: str) -> Statement:
    phrase = change_phrase(change, view.measure, view.settings.name) if change.word else ""
    words = change_sentence(change, view.measure, view.settings.name)
    return Statement(about, phrase, words, kind_of(change.word))


def path_statement(view: MeasureView) -> Statement:
    """What chance alone could have made is neither good news nor bad."""
    verdict = judge_path(view)
    kind = "plain" if verdict.chance else kind_of(verdict.word)
    words = path_sentence(verdict, view.measure, view.settings.name)
    return Statement("Agreed path", path_phrase(verdict), words, kind)


def comparison_statement(view: MeasureView, one: Comparison) -> Statement:
    phrase = comparison_phrase(one, view.measure, view.settings.name) if one.word else ""
    words = comparison_sentence(one, view.measure, view.settings.name)
    return Statement(f"Beside {other_name(one)}", phrase, words, kind_of(one.word))


def kind_of(word: object) -> str:
    """Whether a verdict is good news, bad news, neither, or none."""
    if word is None:
        return "none"
    value = str(getattr(word, "value", word))
    return "good" if value in _GOOD else "bad" if value in _BAD else "plain"
