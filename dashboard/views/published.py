"""An area that has sent nothing of a measure, shown by what publishers say of it."""

from dataclasses import replace

from dashboard.view import Line, MeasureView


def as_published(view: MeasureView) -> MeasureView:
    """The same view with the area's newest published line in the place of its own terms; the view
    itself when it has terms, or when nothing is published."""
    lines = [line for line in view.comparators if line.key == "published" and line.latest]
    if view.terms.points or not lines:
        return view
    line = max(lines, key=lambda one: one.points[-1].end)
    return replace(
        view,
        # A basis that no extract has: only what is published is counted so.
        measure=view.measure.model_copy(update={"basis": line.basis}),
        terms=Line("own", view.settings.name, line.basis, line.points),
        comparators=tuple(one for one in view.comparators if one is not line),
        area_latest_term="",
        published_only=True,
    )
