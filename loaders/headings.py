"""One row of headings: which column each is, by the contract or by an earlier choice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.cells import shown, tidy
from loaders.matching import LONGEST_HEADING, UnknownHeading, find_proposals, shares_a_word
from loaders.problems import Problem
from loaders.workbook import Caution, Value, cell_ref
from schemas.extract import Extract
from schemas.text import plain

IGNORED_HEADING = "last term"  # the template's greyed figures of last term
_MOST = 40  # unknown headings of one sheet that are worth a proposal


@dataclass
class Headings:
    """A row taken as headings. `columns` gives column id → position; `chosen_here` the plain
    headings that a person chose the meaning of; `twice` the positions that say the same again."""

    sheet: str
    row: int
    values: tuple[Value, ...]
    extract: Extract
    columns: dict[str, int] = field(default_factory=dict)
    chosen_here: dict[str, str] = field(default_factory=dict)
    twice: dict[int, str] = field(default_factory=dict)
    strange: list[int] = field(default_factory=list)

    def text(self, position: int) -> str:
        return tidy(shown(self.values[position]))

    def whole_text(self, position: int) -> str:
        """The heading by which a choice is remembered: messages may cut it shorter."""
        value = self.values[position]
        text = tidy(value) if isinstance(value, str) else self.text(position)
        return text[:LONGEST_HEADING]

    def place(self, position: int) -> str:
        return cell_ref(self.row, position)

    def unknown(self) -> list[UnknownHeading]:
        """The headings that a person should say the meaning of, with what they may mean."""
        free = [column for column in self.extract.columns if column not in self.columns]
        return [
            UnknownHeading(
                self.sheet,
                self.extract.id,
                self.place(at),
                self.whole_text(at),
                find_proposals(self.text(at), self.extract, free) if number < _MOST else (),
            )
            for number, at in enumerate(self.strange)
        ]

    def likeness(self) -> int:
        """How many cells of this row could be headings of ours."""
        near = (at for at in self.strange if shares_a_word(self.text(at), self.extract))
        return len(self.columns) + sum(1 for _ in near)

    def problems(self, unknown: Sequence[UnknownHeading]) -> list[Problem]:
        """Missing headings, pointed at what may be meant, and headings that are here twice."""
        missing = [
            self._missing(column, unknown)
            for column in self.extract.needed
            if column not in self.columns
        ]
        return missing + [self._twice(at, column) for at, column in self.twice.items()]

    def cautions(
        self, unknown: Sequence[UnknownHeading], problems: Sequence[Problem]
    ) -> list[Caution]:
        """Columns that were not read and are in no problem, and what was read by an earlier
        choice."""
        told = {problem.cell for problem in problems}
        said = [
            (at, self._as_chosen(at, column))
            for at in range(len(self.values))
            if at not in self.twice
            and (column := self.chosen_here.get(plain(self.whole_text(at)))) is not None
        ]
        said += [
            (at, self._not_read(one))
            for at, one in zip(self.strange, unknown, strict=True)
            if one.cell not in told
        ]
        placed = [Caution(self.sheet, self.place(at), message) for at, message in sorted(said)]
        return placed + [Caution(self.sheet, "", message) for message in self._not_here_yet()]

    def _not_here_yet(self) -> Iterator[str]:
        """Columns that came later, in a file that does not have them."""
        for column in self.extract.columns:
            if column not in self.columns and column not in self.extract.needed:
                heading = self.extract.heading_of(column)
                yield f"There is no column “{heading}”. Its figures are “not available” (x)."

    def _missing(self, column: str, unknown: Sequence[UnknownHeading]) -> Problem:
        heading = self.extract.heading_of(column)
        likely = next(
            (one for one in unknown if column in [p.column_id for p in one.proposals]), None
        )
        message = f"The heading “{heading}” is missing from row {self.row}. "
        if likely:
            found = f"“{shown(likely.heading)}” in {likely.cell}"
            message += (
                f"If {found} is that column, say so when you send the file, or write “{heading}” "
                "there. If not, add the heading and its column."
            )
        elif unknown:
            message += (
                f"If it is one of the columns we do not know ({_listed(unknown)}), say so when "
                "you send the file. If not, add the heading and its column."
            )
        else:
            message += "Add it and its column."
        place = likely.cell if likely else f"A{self.row}"
        return Problem(self.sheet, place, heading, shown(likely.heading) if likely else "", message)

    def _twice(self, at: int, column: str) -> Problem:
        heading, written = self.extract.heading_of(column), self.text(at)
        if self.chosen_here.get(plain(self.whole_text(at))) == column:
            other = f"{self.text(self.columns[column])}” in {self.place(self.columns[column])}"
            message = (
                f"“{written}” was chosen before to mean “{heading}”, but “{other} is that column "
                "too. Take one of the two columns out, or forget the choice."
            )
        else:
            message = f"The heading “{written}” is here twice. Keep the right column only."
        return Problem(self.sheet, self.place(at), heading, written, message)

    def _as_chosen(self, at: int, column: str) -> str:
        if not column:
            return f"The column “{self.text(at)}” was left out, as chosen before for this source."
        heading = self.extract.heading_of(column)
        return (
            f"The heading “{self.text(at)}” was read as “{heading}”, as chosen before for this "
            "source."
        )

    @staticmethod
    def _not_read(unknown: UnknownHeading) -> str:
        message = (
            f"The heading “{shown(unknown.heading)}” is not one we know. Its column was not read."
        )
        meant = [f"“{proposal.heading}”" for proposal in unknown.proposals]
        if not meant:
            return message
        return f"{message} Say whether it means {' or '.join(meant)}."


def read_headings(
    sheet: str, row: int, values: tuple[Value, ...], extract: Extract, chosen: Mapping[str, str]
) -> Headings:
    """A row taken as headings: those of the contract first, then those whose meaning was chosen;
    a choice never takes a column away from a heading of the contract."""
    found = Headings(sheet, row, values, extract)
    texts = {
        at: plain(found.whole_text(at)) for at, value in enumerate(values) if value is not None
    }
    for at, text in texts.items():
        if text in extract.by_heading:
            _take(found, at, extract.by_heading[text])
    for at, text in texts.items():
        if text not in extract.by_heading and found.text(at) and not _is_passed_over(text):
            _take_chosen(found, at, text, chosen)
    return found


def _take_chosen(found: Headings, at: int, text: str, chosen: Mapping[str, str]) -> None:
    """A choice for a column that the extract no longer has is not followed."""
    column = chosen.get(text)
    if column is None or (column and column not in found.extract.columns):
        found.strange.append(at)
        return
    found.chosen_here[text] = column
    if column:
        _take(found, at, column)


def _take(found: Headings, at: int, column: str) -> None:
    """The first of two headings for one column wins."""
    if column in found.columns:
        found.twice[at] = column
    else:
        found.columns[column] = at


def _is_passed_over(text: str) -> bool:
    return text.startswith(plain(IGNORED_HEADING)) or text == "timeidentifier"


def _listed(unknown: Sequence[UnknownHeading]) -> str:
    named = [f"“{shown(one.heading)}” in {one.cell}" for one in unknown[:4]]
    return ", ".join(named) + (" and others" if len(unknown) > 4 else "")
