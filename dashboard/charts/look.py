"""How each series looks: colour, dash and shape together, so that no two differ by colour alone."""

from dataclasses import dataclass

INK = "#0b0c0c"
SOFT_INK = "#484949"
GRID = "#d8dbdd"
PAPER = "#ffffff"
GAP = "#eef0f1"
RANGE = "#12436D"  # laid thinly: what a projection may also come to
OTHER = "#8a8d8f"  # areas that are only there to compare with: 3.4 to 1 on white
FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', "
    "sans-serif"
)

# Lines that are not a series: the lengths of their dashes and gaps in pixels.
TARGET_DASH = (10.0, 5.0)
LEVEL_DASH = (3.0, 4.0)
TRIAL_DASH = (6.0, 4.0)
BREAK_DASH = (5.0, 3.0)


@dataclass(frozen=True)
class Look:
    """`dash` is lengths in pixels, none for an unbroken line; `shape` as Plotly names it."""

    colour: str
    dash: tuple[float, ...]
    shape: str
    width: float


# Colours of the Government Analysis Function's palette, in an order in which each stands 3 to 1
# against the one before it.
LOOKS = {
    "own": Look("#12436D", (), "circle", 3),
    "months": Look("#12436D", (), "", 1),
    "published": Look("#12436D", (3.0, 3.0), "square-open", 2),
    "england": Look("#F46A25", (), "diamond", 2.5),
    "region": Look("#801650", (9.0, 9.0), "square", 2.5),
    "neighbours": Look("#28A197", (3.0, 3.0), "triangle-up", 2.5),
    "path": Look("#A285D1", (8.0, 4.0), "diamond-open", 2.5),
    "projection": Look("#12436D", (7.0, 4.0), "circle-open", 2.5),
    "what_if": Look("#F46A25", (3.0, 3.0), "square", 2.5),
}
