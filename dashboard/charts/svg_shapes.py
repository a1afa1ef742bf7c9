"""Marks as path data: the same shapes and sizes as Plotly draws."""

from collections.abc import Callable, Iterable
from math import sqrt

from dashboard.charts.svg_parts import short

OWN_SIZE = 10.0
OTHER_SIZE = 9.0


def marks_path(places: Iterable[tuple[float, float]], shape: str, size: float) -> str:
    """All marks of one kind as one path."""
    draw = _SHAPES[shape.removesuffix("-open")]
    radius = size / 2
    return "".join(f"M{short(x)} {short(y)}{draw(radius)}" for x, y in places)


def _circle(radius: float) -> str:
    r, d = short(radius), short(2 * radius)
    return f"m-{r} 0a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0z"


def _square(radius: float) -> str:
    r, d = short(radius), short(2 * radius)
    return f"m-{r}-{r}h{d}v{d}h-{d}z"


def _diamond(radius: float) -> str:
    r = short(radius * 1.3)
    return f"m{r} 0l-{r}-{r}-{r} {r} {r} {r}z"


def _triangle(radius: float) -> str:
    """Its middle is its centre of weight, a third up from its base."""
    half, tall = short(radius * 2 / sqrt(3)), short(radius * 1.5)
    wide = short(radius * 4 / sqrt(3))
    return f"m-{half} {short(radius / 2)}h{wide}l-{half}-{tall}z"


_SHAPES: dict[str, Callable[[float], str]] = {
    "circle": _circle,
    "square": _square,
    "diamond": _diamond,
    "triangle-up": _triangle,
}
