"""How a native chart looks: shape, dash and colour together, none told by colour alone."""

import math
from dataclasses import replace
from typing import Any, Final

from pptx.chart.chart import Chart
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.packs.pack import PackChart, PackSeries
from dashboard.packs.slides.chart_data import number_format
from dashboard.packs.slides.letters import Letters
from dashboard.packs.slides.text import LANGUAGE, fill_xml

SIZE = 12.0
_INK, _SOFT, _GRID = "0B0C0C", "595959", "D8DBDD"
_COLOURS: Final = {
    "own": "12436D",
    "england": "F46A25",
    "region": "801650",
    "neighbours": "28A197",
    "target": "3D3D3D",
    "path": "54319F",
}
_MARKS: Final = {
    "own": ("circle", 8),
    "england": ("dash", 14),
    "region": ("diamond", 9),
    "neighbours": ("triangle", 9),
}
_DASHES: Final = {"target": "dash", "path": "lgDashDot", "mean": "solid"}
_WIDTHS: Final = {"line": 2.75, "target": 1.75, "path": 2.0, "limit": 1.25, "year": 0.0}
_TICKS = 6.01
_AXIS_WORDS, _GAP = 56.0, 6.0  # points beside the plot, and between two names under it


def style_chart(chart: Chart, pack_chart: PackChart, width: float) -> None:
    """Gives a line chart made of `chart_data` its looks.

    Args:
        width: of the whole chart in points; decides how many terms are named under it.
    """
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    _style_values(chart, pack_chart)
    _style_terms(chart, pack_chart, width)
    for element, series in zip(chart._chartSpace.iter(qn("c:ser")), pack_chart.series, strict=True):
        _style_series(element, series, pack_chart)
    _ground(chart)


def _style_values(chart: Chart, pack_chart: PackChart) -> None:
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale = pack_chart.low, pack_chart.high
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.major_unit, places = _steps(pack_chart)
    axis.tick_labels.number_format = number_format(replace(pack_chart, decimals=places))
    axis.tick_labels.number_format_is_linked = False
    _put(axis.major_gridlines._xAx.find(qn("c:majorGridlines")), _line(_GRID, 0.75))
    axis.format.line.fill.background()


def _steps(chart: PackChart) -> tuple[float, int]:
    """How far apart the values are that the axis names, at most six, and their decimals."""
    span = (chart.high - chart.low) or 1.0
    power = 10.0 ** math.floor(math.log10(span))
    step = next(one * power for one in (0.1, 0.2, 0.5, 1, 2) if span / (one * power) <= _TICKS)
    places = (n for n in range(chart.decimals + 2) if _reads(step, n) and _reads(chart.low, n))
    return step, next(places, chart.decimals)


def _reads(value: float, places: int) -> bool:
    return abs(round(value, places) - value) < 1e-9


def _style_terms(chart: Chart, pack_chart: PackChart, width: float) -> None:
    axis = chart.category_axis
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # below the plot, also below 0
    axis.format.line.color.rgb = RGBColor(*bytes.fromhex(_SOFT))
    axis.tick_labels.font.size = Pt(SIZE)
    skipped = _named(pack_chart, width)
    element = axis._element
    place = element.find(qn("c:noMultiLvlLbl"))
    for name in ("tickLblSkip", "tickMarkSkip"):
        place.addprevious(parse_xml(f'<c:{name} {nsdecls("c")} val="{skipped}"/>'))
    for body in element.iter(qn("a:bodyPr")):
        body.set("rot", "1")  # of 60,000 to a degree: flat, and no program breaks or turns them


def _named(chart: PackChart, width: float) -> int:
    """As many terms are named as lie flat side by side, always those of the same season."""
    longest = max((Letters().width(name, SIZE) for name in chart.categories), default=0.0)
    seasons = len({name.split(" ")[0] for name in chart.categories})
    seasons = seasons if seasons in (2, 3) else 1  # other names are not terms
    steps: tuple[int, ...] = (1, *range(seasons, len(chart.categories) + 1, seasons))
    slot = (width - _AXIS_WORDS) / max(len(chart.categories), 1)
    return next((step for step in steps if step * slot >= longest + _GAP), steps[-1])


def _style_series(element: Any, series: PackSeries, chart: PackChart) -> None:
    for name in ("c:spPr", "c:marker", "c:dLbls"):
        for old in element.findall(qn(name)):
            element.remove(old)
    colour = _COLOURS.get(series.key, _SOFT)
    parts = [_shape(series, colour), _marker(series, colour), _label(series, chart)]
    before = element.find(qn("c:tx"))
    for part in (parse_xml(part) for part in parts if part):
        before.addnext(part)
        before = part


def _shape(series: PackSeries, colour: str) -> str:
    line = "<a:ln><a:noFill/></a:ln>"
    if series.kind != "year":
        dash = _DASHES.get(series.key, "sysDot" if series.kind == "limit" else "solid")
        line = _ln(colour, _WIDTHS[series.kind], dash)
    return f"<c:spPr {nsdecls('c', 'a')}>{line}</c:spPr>"


def _marker(series: PackSeries, colour: str) -> str:
    shape, size = _MARKS.get(series.key, ("circle", 7))
    if series.kind not in ("line", "year"):
        return f'<c:marker {nsdecls("c")}><c:symbol val="none"/></c:marker>'
    return (
        f'<c:marker {nsdecls("c", "a")}><c:symbol val="{shape}"/><c:size val="{size}"/>'
        f"<c:spPr>{fill_xml(colour)}{_ln(colour, 0.75, 'solid')}</c:spPr></c:marker>"
    )


def _label(series: PackSeries, chart: PackChart) -> str:
    """The newest own figure is written beside its mark; no other is."""
    last = max((i for i, value in enumerate(series.values) if value is not None), default=None)
    if series.key != "own" or last is None:
        return ""
    shown = "".join(
        f'<c:{name} val="{int(name == "showVal")}"/>'
        for name in (
            "showLegendKey",
            "showVal",
            "showCatName",
            "showSerName",
            "showPercent",
            "showBubbleSize",
        )
    )
    form = number_format(chart).replace('"', "&quot;")
    return (
        f'<c:dLbls {nsdecls("c", "a")}><c:dLbl><c:idx val="{last}"/>'
        f'<c:numFmt formatCode="{form}" sourceLinked="0"/><c:spPr/>'
        f'{_text(_COLOURS["own"], 14, bold=True)}<c:dLblPos val="t"/>{shown}</c:dLbl>'
        f"{shown.replace('1', '0')}</c:dLbls>"
    )


def _ground(chart: Chart) -> None:
    """White behind the chart whatever its slide looks like, no frame, words in one ink."""
    space = chart._chartSpace
    old = space.find(qn("c:txPr"))
    space.replace(old, parse_xml(_text(_INK, SIZE)))
    ground = f"<c:spPr {nsdecls('c', 'a')}>{fill_xml('FFFFFF')}<a:ln><a:noFill/></a:ln></c:spPr>"
    space.find(qn("c:txPr")).addprevious(parse_xml(ground))
    space.find(qn("c:date1904")).addnext(parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>'))


def _text(colour: str, size: float, bold: bool = False) -> str:
    return (
        f"<c:txPr {nsdecls('c', 'a')}><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr lang="{LANGUAGE}" sz="{round(size * 100)}" b="{int(bold)}">{fill_xml(colour)}'
        f'</a:defRPr></a:pPr><a:endParaRPr lang="{LANGUAGE}"/></a:p></c:txPr>'
    )


def _put(element: Any, line: str) -> None:
    for old in list(element):
        element.remove(old)
    element.append(parse_xml(line))


def _line(colour: str, width: float) -> str:
    return f"<c:spPr {nsdecls('c', 'a')}>{_ln(colour, width, 'solid')}</c:spPr>"


def _ln(colour: str, width: float, dash: str) -> str:
    return (
        f'<a:ln w="{round(width * 12_700)}" cap="rnd">{fill_xml(colour)}'
        f'<a:prstDash val="{dash}"/><a:round/></a:ln>'
    )
