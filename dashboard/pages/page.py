"""What a page is before it becomes HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Page:
    """`template` is filled with `facts`. `status` is said to people who cannot see the page
    change: what is shown now."""

    title: str
    template: str
    status: str
    facts: Mapping[str, Any]
