"""What a page is before Dash shows it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Page:
    """`status` is said to people who cannot see the page change: what is shown now."""

    title: str
    body: list[Any]
    status: str
