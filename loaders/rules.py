"""The pandera rules on typed tables, as problems at their cells, each fault told once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from pandera.errors import SchemaErrors

from loaders.cells import shown
from loaders.problems import Problem
from loaders.typed import Table
from loaders.workbook import Caution
from schemas.checks import CELL_SENTENCES, build_schema, shared_rules
from schemas.extract import ALL, Rule
from schemas.term import Term


@dataclass(frozen=True)
class Finding:
    """One row that breaks one rule, and how far across the sheet the rule looks."""

    tier: int  # 0 one cell, 1 one row, 2 several rows
    row: int
    rule_id: str
    column: str


def check_rules(table: Table, bad_periods: set[str]) -> tuple[list[Problem], list[Caution]]:
    """Every rule that a table's rows break; `bad_periods` grows by the periods found wrong.

    A fault that follows from another is not told twice: a rule across rows is left out for a
    term (and the next) in which a cell or a row is already known to be wrong.
    """
    rules = {rule.id: rule for rule in (*shared_rules(table.extract), *table.extract.rules)}
    order = {rule_id: place for place, rule_id in enumerate(rules)}
    told: set[tuple[str, object]] = set()
    problems: list[Problem] = []
    cautions: list[Caution] = []
    wrong_rows: set[int] = set()
    wrong_cells: set[tuple[int, str]] = set()
    for finding in sorted(
        _findings(table, rules), key=lambda f: (f.tier, f.row, order.get(f.rule_id, 0))
    ):
        rule = rules.get(finding.rule_id)
        if finding.tier == 2 and _already_told(table, finding, bad_periods, told):
            continue
        if finding.tier < 2 and _follows_from(finding, rule, wrong_cells):
            continue
        message = _message(table, finding, rule)
        place = table.place(finding.row, finding.column)
        if rule and rule.caution:
            cautions.append(Caution(table.sheet, place, message))
            continue
        wrong_rows.add(finding.row)
        if finding.tier < 2:
            wrong_cells.add((finding.row, finding.column))
        if finding.tier < 2:
            bad_periods |= periods_after(table, {finding.row})
        heading = table.extract.heading_of(finding.column)
        value = shown(table.number(finding.row, finding.column))
        problems.append(Problem(table.sheet, place, heading, value, message))
    bad_periods |= periods_after(table, wrong_rows)
    return problems, cautions


def periods_after(table: Table, rows: set[int]) -> set[str]:
    """The periods of these rows, and the term that follows each."""
    found = {str(table.frame.at[row, "period"]) for row in rows if row in table.frame.index}
    terms = [period for label in found if isinstance(period := table.periods[label], Term)]
    return found | {term.shifted(1).label for term in terms}


def _already_told(
    table: Table, finding: Finding, bad_periods: set[str], told: set[tuple[str, object]]
) -> bool:
    period = str(table.frame.at[finding.row, "period"])
    about = finding.column if finding.rule_id.startswith("parts_add_up") else finding.row
    if period in bad_periods or (period, about) in told:
        return True
    told.add((period, about))
    return False


def _follows_from(finding: Finding, rule: Rule | None, wrong_cells: set[tuple[int, str]]) -> bool:
    """Whether a cell that is already known to be wrong is why this one is."""
    columns = rule.needs if rule else (finding.column,)
    return any((finding.row, column) in wrong_cells for column in columns)


def _findings(table: Table, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    if table.frame.empty:
        return
    try:
        build_schema(table.extract).validate(table.frame, lazy=True)
    except SchemaErrors as errors:
        # pandera repeats a whole-row rule for each column: once is enough.
        cases = errors.failure_cases[["check", "index", "column"]].drop_duplicates()
        yield from _as_findings(cases, rules)


def _as_findings(cases: pd.DataFrame, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    seen: set[tuple[str, int]] = set()
    for check, index, column in cases.itertuples(index=False, name=None):
        rule = rules.get(check)
        if rule is None:
            assert check in CELL_SENTENCES, f"pandera found something unforeseen: {check} {column}"
            yield Finding(0, int(index), check, column)
        elif (check, int(index)) not in seen:
            seen.add((check, int(index)))
            across = check.startswith("parts_add_up") or check == "follows_on"
            yield Finding(2 if across else 1, int(index), check, rule.at)


def _message(table: Table, finding: Finding, rule: Rule | None) -> str:
    row = table.frame.loc[finding.row]
    if rule is None:
        heading = table.extract.heading_of(finding.column)
        value = shown(table.number(finding.row, finding.column))
        return CELL_SENTENCES[finding.rule_id](heading, value)
    words = {column: _figure(value) for column, value in row.items()}
    words["period_title"] = table.periods[str(row["period"])].title
    if rule.expected:
        words["expected"] = _figure(rule.expected(table.frame).loc[finding.row])
    return rule.sentence.format_map(words)


def _figure(value: object) -> str:
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


def check_across(tables: Sequence[Table], bad: Mapping[str, set[str]]) -> list[Problem]:
    """By need and by placement add up to “Plans at end”, where nothing else is wrong there.

    `bad` gives, by extract id, the periods in which something is known to be wrong.
    """
    by_id = {table.extract.id: table for table in tables}
    plans = by_id.get("ehc_plans")
    problems: list[Problem] = []
    for name in ("ehc_plans_by_need", "ehc_plans_by_placement"):
        other = by_id.get(name)
        if plans is None or other is None:
            continue
        wrong = bad.get("ehc_plans", set()) | bad.get(name, set())
        wanted, given = _totals(plans), _totals(other)
        for period in sorted((wanted.keys() & given.keys()) - wrong):
            if wanted[period] != given[period]:
                problems.append(_across(plans, other, period, wanted[period], given[period]))
    return problems


def _totals(table: Table) -> dict[str, float]:
    """Plans at end by period: the "all" row, else the parts added; nothing where a part is not
    a number or a needed part is missing."""
    frame, filters = table.frame, list(table.extract.filter_ids)
    whole = (frame[filters] == ALL).all(axis=1)
    totals = dict(zip(frame.loc[whole, "period"], frame.loc[whole, "plans_end"], strict=True))
    for period, group in frame[~whole].groupby("period"):
        parts = _smallest_parts(group, filters)
        complete = all(
            not f.complete
            or {c.id for c in f.categories} <= set(parts[f.id]) | _if_all(parts, f.id)
            for f in table.extract.filters
        )
        if period not in totals and complete and parts["plans_end"].notna().all():
            totals[str(period)] = float(parts["plans_end"].sum())
    return {period: total for period, total in totals.items() if total == total}


def _smallest_parts(group: pd.DataFrame, filters: list[str]) -> pd.DataFrame:
    """Rows that do not overlap: for each filter the parts where there are any, else its "all"."""
    for column in filters:
        parts = group[group[column] != ALL]
        group = parts if len(parts) else group
    return group


def _if_all(parts: pd.DataFrame, column: str) -> set[str]:
    """Every category counts as there when the rows are "all" rows of this filter."""
    return {"yes", "no"} if (parts[column] == ALL).all() else set()


def _across(plans: Table, other: Table, period: str, wanted: float, given: float) -> Problem:
    rows = other.frame.index[other.frame["period"] == period]
    place = other.place(int(rows[-1]), "plans_end")
    title = other.periods[period].title
    message = (
        f"The plans on this sheet add up to {given:,.10g} for {title}, but “{plans.sheet}” has "
        f"{wanted:,.10g} plans at the end of that term. Correct the sheet that is wrong."
    )
    return Problem(other.sheet, place, "Plans at end", f"{given:,.10g}", message)
