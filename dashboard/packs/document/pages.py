"""Each page of a pack as headings, paragraphs, charts and tables of a Word document."""

from collections.abc import Iterator

from dashboard.packs.document.drawings import Drawings
from dashboard.packs.document.styles import Styles
from dashboard.packs.document.tables import data_table
from dashboard.packs.document.wording import BREAK, address, para, paras, run, tone_run
from dashboard.packs.pack import MeasurePage, OwnersWords, PackChart, PackTable, Verdict, WordsPage
from dashboard.packs.paper.icons import icon_svg

_ICON = 11.0  # points
_AFTER = '<w:spacing w:before="0" w:after="60" w:line="120" w:lineRule="exact"/>'


class Pages:
    """`width` is how wide words run on an upright sheet, in points."""

    def __init__(self, styles: Styles, drawings: Drawings, width: float) -> None:
        self._styles, self._drawings, self._width = styles, drawings, width

    def words(self, page: WordsPage) -> str:
        said = paras("", page.paragraphs) + paras(self._styles["List Bullet"], page.points)
        return said + "".join(self._table(table) for table in page.tables)

    def measure(self, page: MeasurePage) -> str:
        return "".join(self._measure(page))

    def _measure(self, page: MeasurePage) -> Iterator[str]:
        about = run(f"  {page.about}", 10.5, colour="484949")
        yield para(self._styles["Pack Value"], run(page.value, bold=True), about)
        if page.attention:
            needs = run("Needs attention: ", bold=True)
            yield para(self._styles["Pack Notice"], needs, run("; ".join(page.attention)))
        yield para("", run(page.sentence))
        if page.chart:
            yield from self._chart(page.chart)
        if page.verdicts:
            yield self._part("What can be said")
        yield from (self._verdict(one) for one in page.verdicts)
        for one in page.commentary:
            yield from self._commentary(one)
        yield self._part("The figures")
        yield self._table(page.table)
        yield from self._origin(page)

    def _part(self, title: str) -> str:
        return para(self._styles["heading 3"], run(title))

    def _chart(self, chart: PackChart) -> Iterator[str]:
        yield self._part(chart.headline)
        yield para(self._styles["caption"], run(chart.subtitle))
        drawn = self._drawings.chart(chart, self._width)
        yield para(self._styles["Pack Chart"], drawn)

    def _verdict(self, one: Verdict) -> str:
        icon = icon_svg(one.icon)
        drawn = self._drawings.svg(icon, "", _ICON, _ICON) + run(" ") if icon else ""
        runs = [run(one.about, bold=True)]
        if one.phrase:
            runs += [BREAK, drawn, tone_run(one.phrase, one.kind)]
        if one.words:
            runs += [BREAK, run(one.words)]
        return para("", *runs, look="<w:keepLines/>")

    def _commentary(self, one: OwnersWords) -> Iterator[str]:
        yield self._part(f"The owner’s commentary: {one.term}")
        style = self._styles["Pack Comment"]
        for what, words in one.parts:
            yield para(style, run(what, bold=True), BREAK, run(words))
        who = ", ".join(part for part in (one.role, one.written_on) if part)
        yield para(style, run(who, colour="484949"))

    def _table(self, table: PackTable) -> str:
        """A little room behind it: what follows would touch its last line."""
        caption = para(self._styles["caption"], run(table.caption))
        return caption + data_table(table, self._width) + para("", look=_AFTER)

    def _origin(self, page: MeasurePage) -> Iterator[str]:
        small = self._styles["Pack Small"]
        yield self._part("Where the figures come from")
        yield paras(small, (*page.sources, *page.notes))
        yield para(small, run(f"Definition, version {page.definition_version}", bold=True))
        for what, words in page.definition:
            yield para(small, run(f"{what}: ", bold=True), run(words))
        yield para(small, run("Permanent address: ", bold=True), address(page.url))
