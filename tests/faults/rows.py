"""One row of the table in docs/faults.md, with the day and how busy the machine was."""

import datetime as dt
import os


def row(fault: str, how: str, seen: str) -> str:
    """Markdown; the last column says when it was seen, and how busy the machine was."""
    busy = f"{dt.date.today():%-d %B %Y}, load {os.getloadavg()[1]:.1f} on {os.cpu_count()}"
    return f"| {fault} | {how} | {seen} | {busy} |"
