"""TableShape: a table of the star by its stable name: its columns, their kinds, its key."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "whole number", "number", "date", "yes or no"]
Cell = str | int | float | bool | None  # dates are ISO texts; None is an empty cell
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """`leads_to` is the table whose key this column is; "" where it leads nowhere."""

    name: str
    kind: Kind
    about: str
    leads_to: str = ""


@dataclass(frozen=True)
class TableShape:
    """`title` is its name for people; `key` the columns that are different in every row."""

    name: str
    title: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def file_name(self) -> str:
        return f"{self.name}.csv"
