"""Why a number is hidden or shown more coarsely: a sentence for everyone, more for the assurer."""

from collections.abc import Mapping, Sequence

from dashboard.analysis.disclosure.cell import Bounds, Cell
from dashboard.analysis.disclosure.coarsen import Step
from dashboard.analysis.disclosure.merge import label_of
from dashboard.analysis.disclosure.primary import EDUCATION_MOST, HEALTH_MOST
from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import Measure
from schemas.observation import JOIN
from schemas.relations import load_relations

_SMALL = "because some groups are so small that children could be recognised"


def why_primary(cell: Cell) -> str:
    """Why a count is hidden for itself."""
    most = HEALTH_MOST if cell.kind == "health" else EDUCATION_MOST
    if not cell.published:
        return f"Nobody publishes this count of {cell.value}, but it could be worked out."
    return f"The count is {cell.value}, which is 1 to {most}."


def why_secondary(cell: Cell) -> str:
    """Why a count is hidden for the sake of others, or because it was."""
    if cell.decided == "hidden":
        return "It was hidden before, or the children it is about are."
    return "With it, a hidden count could be worked out."


def why_unprotected(cell: Cell, bounds: Bounds) -> str:
    """What stands in the way of a publication."""
    return (
        f"{cell.id}: the hidden count is known to be {bounds.low} to {bounds.high}, and nothing "
        "that may still be hidden changes that."
    )


def told_to_everyone(step: Step, measure: Measure) -> str:
    """A coarsening in a sentence."""
    if step.how == "together":
        together = load_relations().together_of(step.filter)
        assert together is not None, f"nothing is shown together by {step.filter}"
        names = _listed([label_of(measure, step.filter, name) for name in step.members])
        return f"{names} are shown together as “{together.label}”, {_SMALL}."
    if step.how == "without_months":
        by = f" by {_breakdown(measure, step.breakdown)}" if step.breakdown != ALL else ""
        return f"This is shown{by} for whole terms, not for single months, {_SMALL}."
    if step.how == "without_breakdown":
        return f"This is not shown by {_breakdown(measure, step.breakdown)}, {_SMALL}."
    if step.how == "without_terms":
        return f"This is shown for the school year and for three terms, not for one term, {_SMALL}."
    return f"This is not shown, {_SMALL}."


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _breakdown(measure: Measure, breakdown: str) -> str:
    headings: Mapping[str, str] = {
        split.id: split.heading for split in load_extracts()[measure.source.extract].filters
    }
    names = [headings.get(name, name.replace("_", " ")) for name in breakdown.split(JOIN)]
    assert breakdown != ALL, "the whole is no breakdown"
    return _listed([name if name.startswith("SEN") else name.lower() for name in names])
