"""The table of a chart: one period a row, and a file that is exactly that table."""

import csv
import io

from dashboard.charts.bars import build_bars
from dashboard.charts.table import DataTable, build_table
from dashboard.view import Breakdown, Part
from tests.dashboard.views import line, measure, point, view, year


def rows(table: DataTable) -> list[list[str]]:
    return [*csv.reader(io.StringIO(table.as_csv().decode("utf-8-sig")))]


def test_every_number_stands_in_the_row_of_its_own_period() -> None:
    own = (
        point("2023-24 autumn", 80.0, numerator=8, denominator=10),
        point("2024-25 autumn", 70.0, numerator=7, denominator=10),
    )
    table = build_table(view(*own, comparators=(line("england", year(2024, 46.4)),)))
    said = [[cell.words for cell in row] for row in table.rows]
    assert table.headings == (
        "Period",
        "Darlington",
        "Number counted",
        "Out of",
        "Status",
        "England",
    )
    assert said == [
        ["Autumn term 2024/25", "70.0%", "7", "10", "final", "no figure"],
        ["Calendar year 2024", "no figure", "no figure", "no figure", "no figure", "46.4%"],
        ["Autumn term 2023/24", "80.0%", "8", "10", "final", "no figure"],
    ]


def test_the_same_term_shares_a_row() -> None:
    rate = measure("suspension_rate")
    england = line("england", point("2024-25 autumn", 7.0), basis="in_term")
    table = build_table(view(point("2024-25 autumn", 9.0), about=rate, comparators=(england,)))
    (row,) = table.rows
    assert [row[1].words, row[-1].words] == ["9.00 per 100 pupils", "7.00 per 100 pupils"]


def test_the_file_holds_the_same_cells_unrounded_and_symbols_as_symbols() -> None:
    own = (point("2024-25 autumn", 72.45508982), point("2024-25 spring", "c"))
    heading, spring, autumn = rows(build_table(view(*own, invented=True)))
    assert heading[:2] == ["Period", "Darlington"]
    assert spring[:2] == ["Spring term 2024/25", "c"]
    assert autumn[1] == "72.45509"
    assert autumn[4] == "final, invented"


def test_no_cell_of_the_file_can_run_as_a_formula() -> None:
    for start in ("=1+1", "+1", "-1", "@SUM", " =1", "|x"):
        table = DataTable("", (start,), ())
        assert rows(table)[0][0].startswith("'")


def test_a_negative_number_stays_a_number() -> None:
    table = build_table(view(point("2024-25 autumn", -1.5)))
    assert rows(table)[1][1] == "-1.5"


def test_bars_say_their_values_and_their_symbols() -> None:
    parts = (
        Part("primary", "Primary", point("2024-25 autumn", 50.0, numerator=5, denominator=10)),
        Part("post19", "Post-19", point("2024-25 autumn", "z")),
    )
    phase = Breakdown("phase", "Phase", "2024-25 autumn", parts)
    both = Breakdown("phase+sex", "Phase and sex", "2024-25 autumn", parts)
    bars = build_bars(view(point("2024-25 autumn", 50.0), breakdowns=(both, phase)))
    assert bars is not None
    assert [(bar.label, bar.words, bar.detail, bar.share) for bar in bars.bars] == [
        ("Primary", "50.0%", "5 of 10", 50.0),
        ("Post-19", "not applicable", "", None),
    ]
    assert bars.choices == (("phase", "Phase"),)


def test_an_unknown_breakdown_shows_the_first() -> None:
    parts = (Part("a", "A", point("2024-25 autumn", 1.0)),)
    phase = Breakdown("phase", "Phase", "2024-25 autumn", parts)
    shown = view(point("2024-25 autumn", 1.0), breakdowns=(phase,))
    bars = build_bars(shown, "nonsense")
    assert bars is not None
    assert bars.id == "phase"
