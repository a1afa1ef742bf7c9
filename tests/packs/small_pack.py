"""A made-up pack by hand: every kind of page, a chart with every kind of line, invented."""

import dataclasses
import datetime as dt
from typing import Any

from dashboard.packs.pack import (
    MeasurePage,
    OwnersWords,
    Pack,
    PackChart,
    PackSeries,
    PackTable,
    Section,
    SummaryPage,
    SummaryRow,
    Verdict,
    WordsPage,
)

TERMS = tuple(
    f"{season} {year}/{year - 1999:02d}"
    for year in (2022, 2023, 2024, 2025)
    for season in ("Autumn", "Spring", "Summer")
)
OWN = (41.2, 43.0, 44.9, None, 47.1, 48.8, 50.2, 49.6, 52.3, 55.0, 57.4, 61.9)
ENGLAND = (None, 49.2, 49.2, 49.2, 50.3, 50.3, 50.3, 46.4, 46.4, 46.4, None, None)
REGION = (None, 55.1, None, None, 58.0, None, None, 56.6, None, None, None, None)
NOTHING = Verdict("", "", "")


def small_pack(**changed: Any) -> Pack:
    """The whole pack; `changed` are fields of `Pack` set otherwise."""
    pack = Pack(
        kind="exceptions",
        title="SEND exceptions report",
        subtitle="What needs attention, with the owners’ commentary",
        partnership="Testshire SEND Partnership",
        edition="Summer term 2025/26, version 1",
        published_on=dt.date(2026, 9, 14),
        numbers="true",
        marking="For the partnership only: true figures, small numbers are not hidden.",
        invented="Invented figures, for demonstration: they describe no real child or council.",
        url="/dashboard/E06000005/packs?edition=2025-26-summer.1.37.6",
        logo="",
        logo_words="Testshire SEND Partnership",
        sections=(
            Section(
                "Summary",
                ("2 measures were looked at and 9 tests were made.",),
                (_facts(), _summary()),
            ),
            Section(
                "What needs attention",
                ("One measure needs attention.",),
                (_measure("Plans issued within 20 weeks"), _wait()),
            ),
        ),
    )
    return dataclasses.replace(pack, **changed)


def _facts() -> WordsPage:
    return WordsPage(
        "About this paper",
        paragraphs=("Each measure stands by itself; measures are never added up to one score.",),
        points=(
            "Of 20 tests where nothing differs, about one still says “better” or “worse”.",
            "A hollow mark is provisional.",
        ),
        tables=(
            PackTable(
                "What was sent",
                ("Extract", "Sent by", "Newest term"),
                (
                    ("20-week timeliness", "Testshire Council", "Summer 2025/26"),
                    ("Therapy waits", "Testshire NHS Trust", "Spring 2025/26, late"),
                ),
            ),
        ),
    )


def _summary() -> SummaryPage:
    row = SummaryRow(
        title="Plans issued within 20 weeks",
        value="61.9%",
        period="Summer 2025/26",
        spark=(47.1, 48.8, 50.2, 49.6, 52.3, 55.0, 57.4, 61.9),
        change=Verdict("Change on a year before", "Improved", "Up 11.7 percentage points", "good"),
        beside=(
            Verdict("Beside England", "Better", "46.4% in 2025", "good"),
            Verdict("Beside North East", "Similar", "56.6% in 2025", "plain"),
        ),
        target=Verdict("Target", "Not met", "100%", "bad"),
        variation=Verdict(
            "Usual ups and downs", "Improving", "Not sure to pass", "good", "improvement"
        ),
        quality="Provisional",
        attention=("Legal duty not met",),
    )
    late = dataclasses.replace(
        row,
        title="Speech and language therapy: mean wait",
        value="Hidden to protect privacy",
        period="Spring 2025/26",
        spark=(140.0, None, 151.5, 149.0, None, 155.0, 158.0, None),
        change=Verdict("Change on a year before", "", "No figure to compare"),
        beside=(Verdict("Beside England", "", "Not published"),),
        target=NOTHING,
        variation=Verdict("Usual ups and downs", "Getting worse", "", "bad", "concern"),
        quality="Late",
        attention=("Getting worse", "Not sent"),
    )
    return SummaryPage(
        "Every measure on one table",
        ("Newest figure of each measure, and what can be said of it.",),
        (("Plans on time and of good quality", (row,)), ("Help when it is needed", (late,))),
    )


def _measure(title: str) -> MeasurePage:
    return MeasurePage(
        title=title,
        value="61.9%",
        about="Summer term 2025/26, provisional",
        sentence="In the summer term 2025/26, 61.9% of plans were issued within 20 weeks, "
        "up 11.7 percentage points on the same term a year before.",
        attention=("Legal duty not met",),
        verdicts=(
            Verdict(
                "Change on the same term last year",
                "Improved",
                "More than chance alone would make: 50.2% to 61.9%.",
                "good",
            ),
            Verdict("Beside England", "Better", "61.9% beside 46.4% in 2025.", "good"),
            Verdict("Target", "Not met", "61.9% beside the legal duty of 100%.", "bad"),
            Verdict(
                "Usual ups and downs",
                "Improving",
                "The newest figures lie above what is usual here.",
                "good",
                "improvement",
            ),
        ),
        chart=_chart(),
        table=PackTable(
            f"{title}: Testshire and published figures",
            ("Period", "Testshire", "Number counted", "Out of", "Status", "England"),
            tuple(
                (
                    f"{term[:6]} term {term[7:]}",
                    "not collected" if own is None else f"{own}%",
                    "no figure" if own is None else str(round(own * 1.6)),
                    "no figure" if own is None else "160",
                    "provisional" if term == TERMS[-1] else "final",
                    "no figure" if england is None else f"{england}%",
                )
                for term, own, england in reversed([*zip(TERMS, OWN, ENGLAND, strict=True)])
            ),
        ),
        commentary=(
            OwnersWords(
                "Summer term 2025/26",
                "Head of SEND",
                "2 September 2026",
                (
                    ("What happened", "Two caseworkers joined in May and the backlog fell."),
                    ("What is done", "Weekly review of every request older than 12 weeks."),
                ),
            ),
        ),
        notes=("1: 1 January 2024. A new case system was begun.",),
        sources=(
            "Source: Testshire Council, release of Summer term 2025/26, version 1, "
            "as at 31 August 2026.",
            "Source: DfE, Education, health and care plans, 2026, as at 25 June 2026.",
        ),
        definition=(
            ("What is counted", "New plans issued within 20 weeks of the request"),
            ("Out of", "New plans issued in the term, without exceptions"),
        ),
        definition_version=2,
        url="/dashboard/E06000005/measure/ehcp_20w_excl?edition=2025-26-summer.1.37.6",
    )


def _chart() -> PackChart:
    every = len(TERMS)
    return PackChart(
        headline="Plans on time rose for the third year",
        subtitle="Percentage, Testshire, Autumn 2022/23 to Summer 2025/26",
        alt="Testshire rose from 41.2% in autumn 2022/23 to 61.9% in summer 2025/26 (provisional). "
        "No figure for autumn 2023/24: not collected. Legal duty: 100%.",
        categories=TERMS,
        series=(
            PackSeries("own", "Testshire", "line", OWN),
            PackSeries("england", "England, whole years", "year", ENGLAND),
            PackSeries("region", "North East, whole years", "year", REGION),
            PackSeries("target", "Legal duty: 100%", "target", (100.0,) * every),
            PackSeries("path", "Agreed path", "path", (*[None] * 9, 56.0, 60.0, 64.0)),
            PackSeries("mean", "Average", "limit", (50.1,) * every),
            PackSeries("upper", "Upper limit of usual change", "limit", (57.9,) * every),
            PackSeries("lower", "Lower limit of usual change", "limit", (42.3,) * every),
        ),
        percent=True,
        decimals=1,
        low=0.0,
        high=100.0,
    )


def _wait() -> MeasurePage:
    """A measure without a chart, without commentary, and with hidden numbers."""
    return dataclasses.replace(
        _measure("Speech and language therapy: mean wait"),
        value="Hidden to protect privacy",
        about="Spring term 2025/26",
        sentence="The figure for the spring term 2025/26 is hidden to protect children’s privacy.",
        attention=("Not sent",),
        verdicts=(Verdict("Change on the same term last year", "", "There is no figure."),),
        chart=None,
        table=PackTable(
            "Speech and language therapy: mean wait: Testshire and published figures",
            ("Period", "Testshire", "Status"),
            (("Spring term 2025/26", "hidden", "final"), ("Autumn term 2025/26", "158", "final")),
        ),
        commentary=(),
        notes=(),
    )
