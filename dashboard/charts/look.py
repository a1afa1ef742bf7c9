"""How each series looks: colour, dash and shape together, so that no two differ by colour alone."""

from dataclasses import dataclass

INK = "#0b0c0c"
SOFT_INK = "#484949"
GRID = "#d8dbdd"
PAPER = "#ffffff"
GAP = "#eef0f1"
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'


@dataclass(frozen=True)
class Look:
    """Colours of the Government Analysis Function's palette. `dash` is a drawing program's name."""

    colour: str
    dash: str
    shape: str
    width: float


LOOKS = {
    "own": Look("#12436D", "solid", "circle", 3),
    "months": Look("#12436D", "solid", "", 1),
    "published": Look("#12436D", "dot", "square-open", 2),
    "england": Look("#801650", "solid", "diamond", 2.5),
    "region": Look("#28A197", "dash", "square", 2.5),
    "neighbours": Look("#F46A25", "dot", "triangle-up", 2.5),
}
