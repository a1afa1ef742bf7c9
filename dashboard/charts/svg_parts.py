"""The pieces of an SVG as text: short numbers, escaped words, nothing that needs a style sheet."""

from collections.abc import Iterable, Sequence
from html import escape

from dashboard.charts.geometry import LINE
from dashboard.charts.look import FONT, INK

Value = str | float | Sequence[float] | None

_BASELINE = 0.35  # from the middle of a line of words down to where its letters stand


def short(value: float) -> str:
    """One decimal and no needless nought: `12`, `12.5`."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def tag(name: str, content: str = "", /, **attributes: Value) -> str:
    """`stroke_width=2` becomes `stroke-width="2"`; None and "" are left out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_written(value)}"'
        for key, value in attributes.items()
        if value is not None and value != "" and value != ()
    )
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def _written(value: Value) -> str:
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, Iterable):
        return " ".join(short(one) for one in value)
    return short(value or 0)


def words(x: float, y: float, lines: Sequence[str], font: float, **attributes: Value) -> str:
    """Lines of words whose middle is at `y`."""
    first = y - (len(lines) - 1) * font * LINE / 2 + font * _BASELINE
    if len(lines) == 1:
        return tag("text", escape(lines[0], quote=False), x=x, y=first, **attributes)
    parts = (
        tag("tspan", escape(line, quote=False), x=x, dy=font * LINE if place else None)
        for place, line in enumerate(lines)
    )
    return tag("text", "".join(parts), x=x, y=first, **attributes)


def polyline(points: Iterable[tuple[float, float]]) -> str:
    """Path data that joins the points."""
    return "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points)


def drawing(width: float, height: float, kind: str, content: str, name: str = "") -> str:
    """A whole picture that says nothing itself: what it shows stands in words beside it."""
    return tag(
        "svg",
        content,
        xmlns="http://www.w3.org/2000/svg",
        id=name,
        class_=kind,
        viewBox=(0, 0, width, height),
        aria_hidden="true",
        focusable="false",
        font_family=FONT,
        fill=INK,
    )
