"""What the screens of the improvement plan show, and what their forms say."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from dashboard.plan.edit import Typed
from dashboard.plan.load import Loaded
from dashboard.queries.plan import Plan
from dashboard.staff.desk import Desk
from dashboard.words.sentences import theme_words
from dashboard.words.values import capital
from schemas.measure import Measure
from schemas.plan import STATUS_WORDS

_TEXTS = (
    "number",
    "area",
    "task",
    "lead",
    "others",
    "start_words",
    "finish_words",
    "evidence",
    "status",
    "note",
)


def typed_of(form: MultiDict[str, str]) -> Typed:
    """An action as it was typed into the form."""
    texts = {name: form.get(name, "").strip() for name in _TEXTS}
    return Typed(**texts, measures=tuple(form.getlist("measures")))


def action_facts(desk: Desk, plan: Plan, typed: Typed) -> Mapping[str, Any]:
    """The lists of the form. A measure that the action names and the area does not send stays."""
    measures = {one.id: one for one in desk.site.settings.measures_of(desk.here)}
    every = desk.site.settings.measures
    measures |= {name: every[name] for name in typed.measures if name in every}
    by_theme: dict[str, list[Measure]] = {}
    for one in measures.values():
        by_theme.setdefault(one.theme, []).append(one)
    areas = [(one.number, f"{one.number}. {one.title}") for one in plan.areas]
    return {
        "areas": [("", "Choose an area"), *areas],
        "statuses": [*STATUS_WORDS.items()],
        "themes": [(theme, theme_words(theme), ones) for theme, ones in by_theme.items()],
    }


def loaded_words(loaded: Loaded) -> str:
    """What became of a workbook: `The plan is loaded. Actions: 2 new, 1 changed, 0 ended.`"""
    if not loaded.changed:
        return loaded.report.message
    parts = [
        f"{capital(name)}: {new} new, {changed} changed, {ended} ended."
        for name, (new, changed, ended) in loaded.changes.items()
        if new or changed or ended
    ]
    return " ".join(("The plan is loaded.", *parts))
