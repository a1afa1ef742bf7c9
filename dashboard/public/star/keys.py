"""The keys that tie a figure to the tables that explain it: the same for the same figure."""

import hashlib

from dashboard.public.figures import PublicFigure


def period_id(figure: PublicFigure) -> str:
    """`2025-26-autumn.in_term.20250901-20251231`: one name can be of two calendars."""
    start, end = figure.period_start.replace("-", ""), figure.period_end.replace("-", "")
    return f"{figure.period.replace(' ', '-')}.{figure.basis}.{start}-{end}"


def breakdown_id(breakdown: str, category: str) -> str:
    """`phase:primary`."""
    return f"{breakdown}:{category}"


def source_id(figure: PublicFigure) -> str:
    """Twelve signs made from everything that `dim_source` says of it."""
    told = (figure.source, figure.version, figure.as_at_on, str(figure.invented))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]
