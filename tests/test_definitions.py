"""Every definition there is: each measure and each extract is visited, and the two fit together."""

import csv
import datetime as dt
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from pydantic import BaseModel

import schemas.measure
from loaders.observe import observe
from loaders.typed import Table
from schemas.definition import MeasureError
from schemas.extract import ALL, Extract
from schemas.extracts import load_extracts
from schemas.measure import Benchmark, Measure, load_measures
from schemas.observation import JOIN, Observation
from schemas.term import parse_period

FOLDER = Path(schemas.measure.__file__).parent / "measures"
MEASURES = load_measures()
EXTRACTS = load_extracts()
TODAY = dt.date(2026, 11, 30)

CORE = [
    "ehcp_active",
    "ehcp_pct_pupils",
    "ehcp_20w_excl",
    "ehcp_20w_incl",
    "ehcp_issued_over_1y",
    "ehcp_weeks_median",
    "nd_waiting",
    "nd_over_104w",
    "nd_wait_median_days",
    "nd_wait_longest",
    "nd_autism_13w",
    "salt_waiting",
    "salt_within_18w",
    "salt_wait_mean_days",
    "salt_wait_longest",
    "suspension_rate",
    "pupils_suspended_pct",
    "perm_excl",
    "perm_excl_rate",
    "absence_overall_pct",
    "absence_auth_pct",
    "absence_unauth_pct",
    "attendance_pct",
    "persistent_absence_pct",
    "severe_absence_pct",
]

DECIMALS = {"count": 0, "percent": 1, "per_100": 2}
COUNTED_ONCE_A_TERM = {"pupils_suspended", "persistent", "severe", "part_time"}
NOT_PLAIN = re.compile(
    r"\bLAs?\b|\bKPIs?\b|\bNaN\b|\bEHCPs?\b|\bSaLT\b|\bND\b|\bCYP\b|\bSLA\b|\bmetric"
)

EHC_FILES = {
    "dfe_ehc_caseload": "caseload",
    "dfe_ehc_needs": "sen_needs_all_plans",
    "dfe_ehc_timeliness": "timeliness_20_week",
    "dfe_ehc_requests": "requests",
    "dfe_ehc_assessments": "assessments",
    "dfe_ehc_annual_reviews": "annual_reviews",
    "dfe_ehc_new_plans": "newplans",
    "dfe_ehc_ceased": "ceased_plans",
}

every_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)
every_extract = pytest.mark.parametrize("extract", EXTRACTS.values(), ids=EXTRACTS)


@every_measure
def test_a_measure_says_what_a_reader_needs(measure: Measure) -> None:
    for key, words in sentences(measure):
        assert re.search(r"[.?!]$", words), f"{key} does not end as a sentence"
    for key, words in all_words(measure):
        assert not NOT_PLAIN.search(words), f"{key} has a word that readers do not know"
    assert len(measure.short_title) <= 40
    assert not measure.title.endswith(".")
    assert measure.next_review > TODAY
    assert measure.authored_by != measure.checked_by
    assert bool(measure.definition.denominator) == measure.is_rate
    assert measure.decimals == DECIMALS.get(measure.unit, measure.decimals)


@every_measure
def test_a_measure_fits_its_extract(measure: Measure) -> None:
    source, headline = measure.source, measure.headline
    extract = EXTRACTS[source.extract]
    names = {JOIN.join(breakdown) for breakdown in source.breakdowns}
    assert headline.breakdown in names | {ALL}
    if headline.breakdown != ALL:
        assert headline.category in categories(measure, headline.breakdown)
    if "sen_status" in names:
        assert (headline.breakdown, headline.category) == ("sen_status", "ehc_plan")
    for name, kept in source.where.items():
        assert source.where_denominator.get(name) or not measure.is_rate, f"{name}: out of what?"
        assert set(kept) <= {c.id for c in extract.filter(name).categories}
    assert set(source.columns.values()) <= set(source.numerator)


@every_measure
def test_only_what_adds_up_is_added_over_terms(measure: Measure) -> None:
    source = measure.source
    additive = measure.basis == "in_term" and source.derive in ("sum", "ratio", "weighted_mean")
    assert bool(measure.bases) == (additive and not COUNTED_ONCE_A_TERM & set(source.indicators))
    assert source.denominator_once == (bool(measure.bases) and "roll" in source.denominator)
    kinds = {EXTRACTS[source.extract].indicator(name).additive for name in source.numerator}
    assert (kinds == {True}) == (source.derive in ("sum", "ratio"))


@every_measure
def test_a_benchmark_stands_beside_what_the_measure_has(measure: Measure) -> None:
    breakdowns = {(), *measure.source.breakdowns}
    for benchmark in measure.benchmarks:
        assert benchmark.by in breakdowns
        assert benchmark.comparable or benchmark.note, "says not why it is not comparable"
        if benchmark.columns_by:
            assert set(benchmark.columns) <= set(categories(measure, benchmark.columns_by))
            used = Counter(name for names in benchmark.columns.values() for name in names)
            assert max(used.values()) == 1, "a column counts twice"
        elif benchmark.value is None and measure.is_rate:
            assert benchmark.numerator
            assert benchmark.denominator
    described = [b.model_dump_json(exclude={"note"}) for b in measure.benchmarks]
    assert len(described) == len(set(described))


@every_measure
def test_a_target_says_where_it_is_written(measure: Measure) -> None:
    if target := measure.target:
        assert len(target.source) > 20
        assert target.since_on or target.by_on
        assert measure.polarity != "neutral"
        assert measure.unit != "percent" or 0 < target.value <= 100


@every_measure
def test_siblings_name_each_other(measure: Measure) -> None:
    assert measure.id not in measure.siblings
    for sibling in measure.siblings:
        assert measure.id in MEASURES[sibling].siblings


def test_no_two_measures_share_a_name_or_a_place() -> None:
    for names in (
        [m.title for m in MEASURES.values()],
        [m.short_title for m in MEASURES.values()],
        [m.order for m in MEASURES.values()],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_the_core_measures_are_the_core_five_and_come_first() -> None:
    core = [m.id for m in MEASURES.values() if m.core]
    assert sorted(core) == sorted(CORE)
    assert list(MEASURES)[: len(core)] == core


@every_extract
def test_every_number_that_is_sent_can_be_looked_up_again(extract: Extract) -> None:
    """Each cell holds a number of its own, and some observation must give it back."""
    sheet = sheet_of_different_numbers(extract)
    found = {
        round(number, 6)
        for one in observe(sheet, list(MEASURES.values()), "E06000005", "final")
        for number in (one.value, one.numerator, one.denominator)
        if number is not None
    }
    rows = sheet.frame.set_index(list(extract.filter_ids) or ["period"])
    lost = [
        f"{indicator.heading} at {where}: {number}"
        for indicator in extract.indicators
        for where, number in rows[indicator.id].items()
        if number not in found
    ]
    assert lost == []


@every_extract
def test_every_indicator_is_used_in_full_detail(extract: Extract) -> None:
    """By the definitions alone: some measure has it by itself, split by every filter at once."""
    for indicator in extract.indicators:
        for wanted in product(*([c.id for c in f.categories] for f in extract.filters)):
            at = dict(zip(extract.filter_ids, wanted, strict=True))
            assert any(gives_back(m, extract, indicator.id, at) for m in MEASURES.values()), (
                f"no measure gives back {indicator.heading} at {at}"
            )


def test_benchmarks_name_columns_that_the_published_files_have(shared: Path) -> None:
    folder = shared / "benchmarks" / "dfe_ehc_plans_2025"
    headings = {file: read_headings(folder / f"{name}.csv") for file, name in EHC_FILES.items()}
    with (shared / "benchmarks" / "lait" / "lait_data_dictionary.csv").open(encoding="utf-8") as f:
        items = {row["Measure_short"] for row in csv.DictReader(f)}
    for measure in MEASURES.values():
        for benchmark in measure.benchmarks:
            if benchmark.file in headings:
                assert columns_of(benchmark) <= headings[benchmark.file], measure.id
            if benchmark.file == "lait":
                assert set(benchmark.where["item"]) <= items, measure.id


def test_every_fault_of_every_file_is_listed_at_once(tmp_path: Path) -> None:
    folder = copy_of_the_measures(tmp_path)
    edit(folder / "ehcp_new.toml", 'title = "New EHC plans"', 'tittle = "New EHC plans"')
    edit(folder / "ehe_send.toml", '"home_educated"', '"taught_at_home"')
    edit(folder / "cme_send.toml", 'polarity = "lower_better"', 'polarity = "down"')
    edit(folder / "salt_seen.toml", '"salt_referrals"', '"salt_asked"')
    (folder / "broken.toml").write_text("title = New plans", encoding="utf-8")

    with pytest.raises(MeasureError) as caught:
        load_measures(folder)

    faults = {(fault.file, fault.key): fault.message for fault in caught.value.faults}
    assert {
        ("broken.toml", "file"),
        ("ehcp_new.toml", "title"),
        ("ehcp_new.toml", "tittle"),
        ("ehe_send.toml", "source"),
        ("cme_send.toml", "polarity"),
        ("salt_seen.toml", "siblings"),
    } <= set(faults)
    assert faults["ehcp_new.toml", "title"] == "is missing"
    assert "taught_at_home" in faults["ehe_send.toml", "source"]
    assert str(caught.value).count("\n") + 1 == len(caught.value.faults)


def test_one_new_file_is_a_working_measure(tmp_path: Path) -> None:
    folder = copy_of_the_measures(tmp_path)
    (folder / "ehcp_growth_pct.toml").write_text(NEW_MEASURE, encoding="utf-8")

    measures = load_measures(folder)
    new = measures["ehcp_growth_pct"]
    seen = observe(sheet_of_different_numbers(EXTRACTS["ehc_plans"]), [new], "E06000005", "final")

    assert set(measures) == {*MEASURES, "ehcp_growth_pct"}
    assert new.value(30, 1200) == 2.5
    assert by_place(seen)[ALL, ALL] is not None
    assert by_place(seen)["phase", "primary"] is not None


NEW_MEASURE = """
title = "New EHC plans for every 100 at the start"
short_title = "New plans per 100"
description = "How many new plans there were for every 100 at the start of the term."
theme = "plans"
unit = "percent"
decimals = 1
polarity = "neutral"
basis = "in_term"
why_it_matters = "It shows how fast the number grows."
can_mislead = "Plans that ended are not taken away."
owner = "Council: head of SEND"
authored_by = "Council performance team"
checked_by = "Designated clinical officer"
next_review = 2027-09-01
version = 1

[definition]
numerator = "First final EHC plans issued in the term."
denominator = "Plans on the first day of the term."

[source]
extract = "ehc_plans"
derive = "ratio"
numerator = ["new_plans"]
denominator = ["plans_start"]
breakdowns = [["phase"]]
"""


def sentences(measure: Measure) -> Iterator[tuple[str, str]]:
    names = ("description", "why_it_matters", "can_mislead", "cannot_tell")
    yield from ((name, getattr(measure, name)) for name in names if getattr(measure, name))
    yield from ((key, words) for key, words in all_words(measure.definition) if words)
    yield from ((b.file, b.note) for b in measure.benchmarks if b.note)


def all_words(record: BaseModel) -> Iterator[tuple[str, str]]:
    """Every text that people read; the names of indicators and columns are left out."""
    for key in type(record).model_fields:
        value = getattr(record, key)
        if isinstance(value, str) and key not in ("id", "file", "basis", "value"):
            yield key, value
        elif key in ("definition", "target") and value is not None:
            yield from all_words(value)
        elif key == "benchmarks":
            yield from (("note", benchmark.note) for benchmark in value)


def categories(measure: Measure, name: str) -> list[str]:
    """The categories of a filter, or of the breakdown whose categories are columns."""
    if name == measure.source.columns_by:
        return list(measure.source.columns)
    return [c.id for c in EXTRACTS[measure.source.extract].filter(name).categories]


def gives_back(measure: Measure, extract: Extract, indicator: str, at: dict[str, str]) -> bool:
    source = measure.source
    alone = {*source.columns.values()}
    alone |= {source.numerator[0]} if len(source.numerator) == 1 and not source.less else set()
    alone |= {source.denominator[0]} if len(source.denominator) == 1 else set()
    if source.extract != extract.id or indicator not in alone:
        return False
    fixed = {name: kept for name, kept in source.where.items() if len(kept) == 1}
    if any(at[name] not in kept for name, kept in source.where.items()):
        return False
    return any({*breakdown, *fixed} == set(extract.filter_ids) for breakdown in allowed(measure))


def allowed(measure: Measure) -> list[tuple[str, ...]]:
    return [(), *measure.source.breakdowns]


def sheet_of_different_numbers(extract: Extract) -> Table:
    """One term with every category and every "all" row; the numbers are big and nothing alike."""
    period = parse_period("Autumn 2025/26")
    assert period is not None
    choices = (
        [*(c.id for c in f.categories), *([ALL] if f.whole else [])] for f in extract.filters
    )
    pick = random.Random(extract.id)
    rows = [
        [period.label, *where, *(float(pick.randrange(10**6, 10**8)) for _ in extract.indicators)]
        for where in product(*choices)
    ]
    frame = pd.DataFrame(rows, columns=list(extract.columns), index=range(2, len(rows) + 2))
    return Table(extract, extract.sheet, frame, {period.label: period}, {}, {}, len(rows))


def by_place(observations: list[Observation]) -> dict[tuple[str, str], float | None]:
    return {(one.breakdown, one.category): one.value for one in observations}


def columns_of(benchmark: Benchmark) -> set[str]:
    named = {*benchmark.numerator, *benchmark.denominator}
    named |= {name for names in benchmark.columns.values() for name in names}
    return named | ({benchmark.value} if benchmark.value else set())


def read_headings(path: Path) -> set[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {heading.lower() for heading in next(csv.reader(file))}


def copy_of_the_measures(folder: Path) -> Path:
    return Path(shutil.copytree(FOLDER, folder / "measures"))


def edit(path: Path, old: str, new: str) -> None:
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new), encoding="utf-8")
