"""Structure → cells → rules: what a file says, or every problem in it at once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.cover import Cover, Given, check_cover, read_cover
from loaders.gate import FileKind
from loaders.layout import find_layout
from loaders.matching import HeadingChoices, UnknownHeading
from loaders.problems import ExtractRejected, Outcome, Problem
from loaders.rules import check_across, check_rules, periods_after
from loaders.typed import SheetReader, Table
from loaders.workbook import Caution, Sheet, Workbook
from schemas.extract import ALL, Extract, Filter
from schemas.extracts import load_extracts
from schemas.term import Term, parse_term
from schemas.text import in_sentence


@dataclass(frozen=True)
class Checked:
    """A file that has been looked at: its tables, or the problems that keep it out."""

    cover: Cover | None
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]
    cautions: tuple[Caution, ...]
    rows_read: Mapping[str, int] = field(default_factory=dict)
    unknown_headings: tuple[UnknownHeading, ...] = ()

    @property
    def outcome(self) -> Outcome:
        if self.problems:
            return Outcome.cell_errors
        return Outcome.warned if self.cautions else Outcome.accepted


def check_workbook(
    workbook: Workbook,
    today: dt.date,
    given: Given | None = None,
    extracts: Mapping[str, Extract] | None = None,
    choices: HeadingChoices | None = None,
) -> Checked:
    """Checks every cell of every sheet that is known.

    Args:
        given: cover lines for a file without a cover (a CSV), or to be matched with its cover.
        choices: what headings that are not of the contract were chosen to mean for this source.

    Raises:
        ExtractRejected: no sheet is known, or there is no cover.
    """
    layout = find_layout(workbook, extracts or load_extracts(), choices or {})
    problems = list(layout.problems)
    cautions = [*workbook.warnings, *layout.cautions]
    if not layout.found and not problems:
        raise ExtractRejected(_nothing_known(workbook))
    cover, found = _cover(layout.cover, workbook, given or {}, today)
    problems += found
    term = _term(given or {})
    tables: list[Table] = []
    bad: dict[str, set[str]] = {}
    for one in layout.found:
        reader = SheetReader(one, today, term)
        table = reader.read()
        twins = _repeated_rows(table, reader.bad_rows)
        wrong = bad[table.extract.id] = _periods_with_problems(reader, table)
        rule_problems, rule_cautions = check_rules(table, wrong)
        problems += [*reader.problems, *twins, *rule_problems]
        cautions += [*reader.cautions, *rule_cautions, *_gaps(table)]
        tables.append(table)
    problems += check_across(tables, bad)
    rows = {table.extract.id: table.rows_read for table in tables}
    if not problems and not any(rows.values()):
        raise ExtractRejected("There are headings but no figures in this file. Fill it in first.")
    order = {sheet.name: place for place, sheet in enumerate(workbook.sheets)}
    problems.sort(key=lambda p: (order.get(p.sheet, 0), *_row_and_column(p.cell)))
    unknown = tuple(layout.unknown)
    return Checked(cover, tuple(tables), tuple(problems), tuple(cautions), rows, unknown)


def _row_and_column(cell: str) -> tuple[int, int, str]:
    """So that F9 comes before F10 and Z1 before AA1."""
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters


def _nothing_known(workbook: Workbook) -> str:
    sheets = ", ".join(f"“{sheet.name}”" for sheet in workbook.sheets[:12])
    return (
        f"None of the sheets in this file is one we know ({sheets}). Start from the template: "
        "send-dashboard template."
    )


def _term(given: Given) -> Term | None:
    """The term the sender says the file is for, if any."""
    text = given.get("term")
    if not text:
        return None
    term = parse_term(str(text))
    if term is None:
        raise ExtractRejected(f"“{text}” is not a term. Write it like Autumn 2025/26.")
    return term


def _cover(
    sheet: Sheet | None, workbook: Workbook, given: Given, today: dt.date
) -> tuple[Cover | None, list[Problem]]:
    if sheet is not None:
        lines, place = read_cover(sheet)
        merged = dict(given) | {name: value for name, value in lines.items() if value is not None}
        cover, problems = check_cover(merged, place, today)
        wanted = given.get("area_code")
        if cover and wanted and str(wanted).upper() != cover.area_code:
            raise ExtractRejected(
                f"This file is for {cover.area_code}, but it was sent for {wanted}. "
                "Nothing was stored."
            )
        return cover, problems
    missing = [name for name in ("area_code", "term", "as_at_on", "status") if not given.get(name)]
    if missing:
        kind = "A CSV file" if workbook.kind is FileKind.csv else "This workbook"
        raise ExtractRejected(
            f"{kind} has no “About this return” sheet, so say whose figures these are "
            "and for which term: --area, --term, --as-at and --status."
        )
    unsaid = {"organisation": "not said", "prepared_by": "not said"}
    return check_cover(unsaid | dict(given), lambda _name: ("", ""), today)


def _periods_with_problems(reader: SheetReader, table: Table) -> set[str]:
    """Where a rule across rows would only repeat what is known already.

    A row that could not be placed matters only where a total is made of whatever rows there are:
    where every category is needed, a lost row makes the total unknown and no rule is asked.
    """
    wrong = periods_after(table, reader.bad_rows)
    if any(not split.complete for split in table.extract.filters):
        wrong |= set(table.periods) if "" in reader.lost_periods else reader.lost_periods
    return wrong


def _repeated_rows(table: Table, bad_rows: set[int]) -> list[Problem]:
    keys = ["period", *table.extract.filter_ids]
    first: dict[tuple[str, ...], int] = {}
    problems: list[Problem] = []
    for row, *values in table.frame[keys].itertuples(name=None):
        key = tuple(values)
        if key not in first:
            first[key] = row
            continue
        bad_rows.add(row)
        same = f"This row is for the same {_what(table.extract)} as row {first[key]}."
        message = f"{same} Keep one of them."
        place = table.place(row, "period")
        title = table.periods[values[0]].title
        problems.append(Problem(table.sheet, place, "Period", title, message))
    return problems


def _what(extract: Extract) -> str:
    names = ["period", *(in_sentence(f.heading) for f in extract.filters)]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _gaps(table: Table) -> list[Caution]:
    """Categories that are nowhere in a period, when the total needs them."""
    cautions: list[Caution] = []
    for split in (f for f in table.extract.filters if f.complete):
        for period, group in table.frame.groupby("period", sort=False)[split.id]:
            absent = _absent(split, set(group))
            if absent:
                message = (
                    f"{table.periods[str(period)].title} has no row for {' or '.join(absent)}. "
                    "If there were none, add the row with 0. The total needs it."
                )
                cautions.append(Caution(table.sheet, "", message))
    return cautions


def _absent(split: Filter, present: set[str]) -> list[str]:
    if ALL in present:
        return []
    return [c.label for c in split.categories if c.id not in present]
