"""The templates that travel with the program: all words escaped, nothing missing."""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def page_templates(**filters: Callable[..., Any]) -> Environment:
    """An environment with these filters, by the names the templates use."""
    found = Environment(
        loader=PackageLoader("dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= filters
    return found


def drawn(svg: str) -> Markup:
    """A drawing of our own `charts`, which escapes the words in it."""
    return Markup(svg)
