"""The assurer's report on a publication: what is hidden, why, and how well, without true counts."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dashboard.analysis.disclosure.cell import ALGORITHM
from dashboard.analysis.disclosure.quantity import quantity_from
from dashboard.public.files import PublicFile
from dashboard.publication.deciding import Decisions
from dashboard.publication.reading import Reading
from schemas.extracts import load_extracts


def build_report(
    reading: Reading,
    decisions: Decisions,
    files: Sequence[PublicFile],
    faults: Iterable[tuple[str, str]],
) -> dict[str, Any]:
    """JSON-able; of the terms that were decided now, the newest first. A term's own counts only:
    those of terms before it were reported with them."""
    terms = sorted(decisions.reports, reverse=True)
    reports = [decisions.reports[term] for term in terms]
    own = [decisions.decided.terms[term].cells for term in terms]
    audits = "".join(report["audit_sha256"] for report in reports)
    hidden = [
        one
        for report, cells in zip(reports, own, strict=True)
        for one in report["hidden"]
        if one["published"] and one["id"] in cells
    ]
    small = sum(one["kind"] == "primary" for one in hidden)
    return {
        "algorithm": ALGORITHM,
        "terms": terms,
        "cells": sum(fate != "unpublished" for cells in own for _, fate in cells.values()),
        "primary": small,
        "secondary": len(hidden) - small,
        "hidden_count": len(hidden),
        "by_measure": [*_by_measure(reading, reports)],
        "hidden": [_hidden(one) for one in hidden],
        "coarsened": [*_coarsened(reading, reports)],
        "audit_sha256": hashlib.sha256(audits.encode()).hexdigest(),
        "files": len(files),
        "bytes": sum(len(file.body) for file in files),
        "faults": [{"check": check, "words": words} for check, words in faults],
    }


def _by_measure(reading: Reading, reports: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """How many figures of each measure are hidden, those with any."""
    for name, measure in reading.measures.items():
        pairs = [report["figures"]["by_measure"].get(name, [0, 0]) for report in reports]
        hidden, every = (sum(pair[place] for pair in pairs) for place in (0, 1))
        if hidden:
            yield {"title": measure.title, "figures": every, "hidden": hidden}


def _hidden(one: Mapping[str, Any]) -> dict[str, Any]:
    low, high = one["bounds"] or (None, None)
    return {"words": cell_words(one["id"]), "why": one["why"], "low": low, "high": high}


def cell_words(cell_id: str) -> str:
    """A count as people call it: `Exclusions: Suspensions; EHC plan; 2025-26 summer`."""
    quantity = quantity_from(cell_id)
    extract = load_extracts()[quantity.extract]
    headings = [extract.heading_of(name) for name in quantity.names]
    categories = [
        " or ".join(extract.filter(name).label_of(one) for one in chosen)
        for name, chosen in quantity.where
    ]
    about = "; ".join([*categories, quantity.when])
    return f"{extract.sheet}: {' and '.join(headings)}; {about}"


def _coarsened(reading: Reading, reports: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    """Each sentence once, with the measures it is about, however many terms that is."""
    titles: dict[str, dict[str, None]] = {}
    for one in (one for report in reports for one in report["coarsened"]):
        title = reading.measures[one["measure"]].short_title
        titles.setdefault(one["words"], {})[title] = None
    for words, about in titles.items():
        yield {"words": words, "about": "; ".join(about)}
