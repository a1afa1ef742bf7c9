"""What was measured as Markdown: milliseconds and, beside them, ratios to the first database."""

from collections.abc import Mapping, Sequence


def table(found: Mapping[str, Mapping[str, float]], names: Sequence[str]) -> str:
    """A line for each kind; the last column is the last database against the first."""
    head = ["", *names, f"{names[-1]} : {names[0]}"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for kind, each in found.items():
        numbers = [_number(each[name]) for name in names]
        ratio = f"**{each[names[-1]] / each[names[0]]:.2f}**"
        lines.append("| " + " | ".join([kind, *numbers, ratio]) + " |")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
