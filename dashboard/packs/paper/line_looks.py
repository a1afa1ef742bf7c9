"""How each line of a pack's chart looks: as on the pages, with lines that only packs have."""

from dataclasses import dataclass

from dashboard.charts.look import INK, LOOKS, SOFT_INK, TARGET_DASH, TRIAL_DASH
from dashboard.packs.pack import PackSeries


@dataclass(frozen=True)
class LineLook:
    """`dash` is lengths in pixels; `shape` as `charts.svg_shapes` names it, "" for no marks. A
    quiet line's name is in smaller type."""

    colour: str
    dash: tuple[float, ...]
    shape: str
    width: float
    quiet: bool = False


_LIMIT = LineLook(SOFT_INK, TRIAL_DASH, "", 1, quiet=True)
_LOOKS = {
    "target": LineLook(INK, TARGET_DASH, "", 1.5),
    "mean": LineLook(SOFT_INK, (), "", 1, quiet=True),
}


def look_of(one: PackSeries) -> LineLook:
    """No two of one chart differ by colour alone."""
    if one.key in LOOKS:
        look = LOOKS[one.key]
        return LineLook(
            look.colour, () if one.kind == "year" else look.dash, look.shape, look.width
        )
    return _LOOKS.get(one.key) or _LOOKS.get(one.kind, _LIMIT)
