"""What a request costs the server and its database, on several databases in turn."""

import statistics
from collections.abc import Iterator, Sequence

from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.access.demo_people import add_demo_people
from dashboard.hosting import demonstration
from dashboard.packs.asked import Asked
from dashboard.packs.gather import build_pack
from dashboard.queries.editions import get_newest_edition
from dashboard.settings import Settings
from tests.scale.areas import OWN
from tests.scale.subject import Subject
from tests.staff.people import signed_in

ROUNDS = 7
_MEASURES = 9
_PACK = Asked("exceptions", "", "true")
_HOSTING = demonstration()
Times = dict[str, dict[str, list[float]]]  # of each kind of request by database, milliseconds
Medians = dict[str, dict[str, float]]


def measure_pages(
    subjects: Sequence[Subject],
    rounds: int = ROUNDS,
    measures: int = _MEASURES,
    public: bool = True,
) -> Medians:
    """Median milliseconds of processor time by kind of request and database: the first time after
    a start, and `again`, when the answer is kept.

    Args:
        measures: how many of them in each round, other ones in the next: a page is made once and
            kept after that.
        public: whether the area has pages for everyone.
    """
    times: Times = {}
    for number in range(rounds):
        clients = {one.name: _client(one, public) for one in subjects}
        for kind, path in _asked(subjects[0].settings, number, measures, public):
            for one in _in_turn(subjects, number):
                _ask(clients[one.name], kind, path, times, one)
        for one in _in_turn(subjects, number):
            note(times, "what a pack gathers", one, _gathering(one))
    return medians(times)


def note(times: Times, kind: str, one: Subject, seconds: float) -> None:
    times.setdefault(kind, {}).setdefault(one.name, []).append(seconds * 1000)


def medians(times: Times) -> Medians:
    return {
        kind: {name: statistics.median(each) for name, each in found.items()}
        for kind, found in times.items()
    }


def _client(one: Subject, public: bool) -> FlaskClient:
    """Of a server that has just been started, with what every page needs once already there."""
    area = one.settings.areas[OWN]
    people = add_demo_people(one.database, [area])
    client = signed_in(create_app(one.database, one.settings, _HOSTING), one.database, people[1])
    last = one.settings.measures_of(area)[-1]
    warm = (f"/dashboard/{OWN}/measure/{last.id}", f"/dashboard/{OWN}/measure/{last.id}/compare")
    for path in (*warm, "/staff/", *(["/easy-read/darlington/"] if public else [])):
        _get(client, path, one)
    return client


def _asked(settings: Settings, number: int, many: int, public: bool) -> Iterator[tuple[str, str]]:
    """Kind and path of what is asked for in a round."""
    measures = settings.measures_of(settings.areas[OWN])
    start = number * many
    some = [measures[n % (len(measures) - 1)] for n in range(start, start + many)]
    area = f"/dashboard/{OWN}/"
    yield from (("measure page", f"{area}measure/{one.id}") for one in some)
    yield from (("compare page", f"{area}measure/{one.id}/compare") for one in some)
    yield from (("overview", area), ("gaps", f"{area}gaps"), ("plan", f"{area}plan"))
    if public:
        yield "public page", "/data/darlington/"
        yield "public file of figures", "/api/v1/areas/darlington/measures/ehcp_active/"
    yield "staff: all terms", f"/staff/{OWN}/"
    yield "staff: a term’s board", f"/staff/{OWN}/2025-26-spring/"


def _ask(client: FlaskClient, kind: str, path: str, times: Times, one: Subject) -> None:
    note(times, kind, one, _get(client, path, one))
    if not kind.startswith("staff"):  # made anew each time
        note(times, f"{kind}, again", one, _get(client, path, one))


def _get(client: FlaskClient, path: str, one: Subject) -> float:
    began = one.clock.seconds()
    answer = client.get(path)
    taken = one.clock.seconds() - began
    assert answer.status_code == 200, (path, answer.status)
    return taken


def _gathering(one: Subject) -> float:
    began = one.clock.seconds()
    with one.database.reading() as connection:
        edition = get_newest_edition(connection, OWN)
    assert edition is not None
    build_pack(one.database, one.settings, one.settings.areas[OWN], edition, _PACK)
    return one.clock.seconds() - began


def _in_turn(subjects: Sequence[Subject], number: int) -> list[Subject]:
    """Another one is the first in each round."""
    first = number % len(subjects)
    return [*subjects[first:], *subjects[:first]]
