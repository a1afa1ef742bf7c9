"""Fetches what the public API has of the publications that are read here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.benchmarks.ees_api import find_data_sets, load_data_set
from loaders.benchmarks.ees_http import EesHttp
from loaders.benchmarks.known import known
from loaders.benchmarks.load import BenchmarkLoad
from loaders.benchmarks.problems import BenchmarkRefused
from schemas.database import Database
from schemas.measure import Measure


@dataclass(frozen=True)
class Refreshed:
    """One data set of the API: what was loaded of it, or why nothing was."""

    data_set_id: str
    title: str
    load: BenchmarkLoad | None
    reason: str = ""


def refresh(
    database: Database,
    measures: Mapping[str, Measure],
    areas: Sequence[str],
    data_set_ids: Sequence[str] = (),
    api: EesHttp | None = None,
) -> Iterator[Refreshed]:
    """Loads the rows of England and these areas (and their regions) from each data set in turn:
    from those named, else from all of the publications that are known.

    Raises:
        CannotReach: the API did not answer; the message says what a person can do.
    """
    api = api or EesHttp()
    titles = [(one, "") for one in data_set_ids] or _every_data_set(api)
    for data_set_id, title in titles:
        try:
            load = load_data_set(database, data_set_id, measures, areas=areas, api=api)
        except BenchmarkRefused as refusal:
            yield Refreshed(data_set_id, title, None, refusal.sentence)
        else:
            yield Refreshed(data_set_id, title, load)


def _every_data_set(api: EesHttp) -> Iterator[tuple[str, str]]:
    for publication_id in known("data_sets")["publications"].values():
        yield from find_data_sets(api, publication_id)
