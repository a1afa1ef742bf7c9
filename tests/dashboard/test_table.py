"""The table of a chart: one period a row, with the unrounded numbers that a file holds."""

from dashboard.charts.bars import build_bars
from dashboard.charts.table import build_table
from dashboard.view import Breakdown, Part
from tests.dashboard.views import line, measure, point, view, year


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


def test_beside_the_words_stand_unrounded_numbers_and_symbols() -> None:
    own = (point("2024-25 autumn", 72.45508982), point("2024-25 spring", "c"))
    spring, autumn = build_table(view(*own, invented=True)).rows
    assert [cell.raw for cell in spring[:2]] == ["Spring term 2024/25", "c"]
    assert autumn[1].raw == 72.45508982
    assert autumn[4].raw == "final, invented"


def test_nothing_is_said_of_the_counts_behind_a_symbol() -> None:
    hidden = point("2024-25 autumn", "c", numerator=3, denominator=4)
    (row,) = build_table(view(hidden)).rows
    assert [cell.words for cell in row[1:4]] == [
        "hidden to protect privacy",
        "no figure",
        "no figure",
    ]
    assert [cell.raw for cell in row[1:4]] == ["c", "", ""]


def test_a_negative_number_stays_a_number() -> None:
    table = build_table(view(point("2024-25 autumn", -1.5)))
    assert table.rows[0][1].raw == -1.5


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
