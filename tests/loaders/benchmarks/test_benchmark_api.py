"""The statistics API, spoken by a small server of our own: pages, patience and plain refusals."""

import csv
import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dashboard.cli import main
from loaders.benchmarks.ees_api import (
    _as_row,
    find_data_sets,
    load_data_set,
    query,
    write_rows,
)
from loaders.benchmarks.ees_http import CannotReach, EesHttp
from schemas.database import Database
from schemas.measure import Measure

Measures = dict[str, Measure]
Found = Callable[..., list[Any]]

SET = "019df86a-0000-7000-8000-000000000001"
INDICATORS = ("plans_issued_den_ex", "plans_issued_den", "plans_issued_20_weeks_ex")
META = {
    "filters": [
        {
            "id": "fT0p1",
            "column": "breakdown_topic",
            "options": [{"id": "oAll1", "label": "All EHC plans"}],
        },
        {
            "id": "fBrk2",
            "column": "breakdown",
            "options": [{"id": "oAll2", "label": "All EHC plans"}],
        },
    ],
    "indicators": [{"id": f"i{at}", "column": name} for at, name in enumerate(INDICATORS)],
    "locations": [
        {
            "level": {"code": "NAT"},
            "options": [{"id": "lEng", "label": "England", "code": "E92000001"}],
        },
        {
            "level": {"code": "REG"},
            "options": [{"id": "lNE", "label": "North East", "code": "E12000001"}],
        },
        {
            "level": {"code": "LA"},
            "options": [
                {"id": "lDar", "label": "Darlington", "code": "E06000005", "oldCode": "841"}
            ],
        },
    ],
}


def result(level: str, year: str, *values: str) -> dict[str, Any]:
    places = {"NAT": "lEng", "REG": "lNE", "LA": "lDar"}
    upto = list(places)[: list(places).index(level) + 1]
    return {
        "timePeriod": {"code": "CY", "period": year},
        "geographicLevel": level,
        "locations": {name: places[name] for name in upto},
        "filters": {"fT0p1": "oAll1", "fBrk2": "oAll2"},
        "values": {f"i{at}": value for at, value in enumerate(values)},
    }


RESULTS = [
    result("NAT", "2024", "84866", "90392", "39407"),
    result("REG", "2024", "3966", "4100", "1943"),
    result("LA", "2024", "167", "172", "121"),
    result("LA", "2023", "x", "z", "c"),
    result("LA", "2022", "123", "130", "low"),
]


class Service(ThreadingHTTPServer):
    """Answers as the API does; `troubles` are answered first, one each, then it behaves."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.troubles: list[Callable[[_Handler], None]] = []
        self.asked: list[tuple[str, str, Any]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/statistics/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self._answer(json.loads(self.rfile.read(length)))

    def _answer(self, body: Any) -> None:
        self.server.asked.append((self.command, self.path, body))
        if self.server.troubles:
            self.server.troubles.pop(0)(self)
        elif self.path.endswith("/meta"):
            self.reply(META)
        elif self.path.endswith("/query"):
            self.reply(_page(body))
        elif self.path.endswith("/csv"):
            self.send(200, gzip.compress(_csv()), {"Content-Encoding": "gzip"})
        elif "/publications/" in self.path:
            page = int(self.path.split("page=")[1].split("&")[0])
            titles = [{"id": f"set{page}", "title": f"Title {page}"}]
            self.reply({"results": titles, "paging": {"totalPages": 2}})
        else:
            self.send(404, b"{}")

    def reply(self, answer: Any) -> None:
        self.send(200, json.dumps(answer).encode(), {"Content-Type": "application/json"})

    def send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Quiet."""


def _page(body: Any) -> dict[str, Any]:
    """Two results a page, whatever size is asked for, so that there are pages to turn."""
    at = (body["page"] - 1) * 2
    pages = (len(RESULTS) + 1) // 2
    return {"results": RESULTS[at : at + 2], "paging": {"totalPages": pages}, "warnings": []}


def _csv() -> bytes:
    head = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
    head += "region_name,new_la_code,old_la_code,la_name,breakdown_topic,breakdown,"
    row = "2024,Calendar year,National,E92000001,England,,,,,,All EHC plans,All EHC plans,"
    return (head + ",".join(INDICATORS) + "\n" + row + "84866,90392,39407\n").encode()


def status(code: int, **headers: str) -> Callable[[_Handler], None]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.send(code, b"{}", named)


@pytest.fixture
def service() -> Iterator[Service]:
    server = Service()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def api(service: Service, pauses: list[float]) -> Iterator[EesHttp]:
    client = EesHttp(service.address, pause=pauses.append, time_out=0.5)
    yield client
    client.close()


def test_every_page_is_asked_for_once(api: EesHttp, service: Service) -> None:
    assert list(query(api, SET, META, {})) == RESULTS
    assert [body["page"] for _, _, body in service.asked] == [1, 2, 3]


def test_data_sets_of_a_publication_are_listed_over_all_pages(api: EesHttp) -> None:
    assert find_data_sets(api, "pub") == [("set1", "Title 1"), ("set2", "Title 2")]


def test_it_waits_as_long_as_the_service_asks_and_then_goes_on(
    api: EesHttp, service: Service, pauses: list[float]
) -> None:
    service.troubles = [status(429, Retry_After="7"), status(429)]
    assert api.get(f"data-sets/{SET}/meta") == META
    assert pauses == [7, 14]


def test_faults_of_the_service_are_borne_a_few_times_and_then_told(
    api: EesHttp, service: Service, pauses: list[float]
) -> None:
    service.troubles = [status(500), status(502), status(503), status(500)]
    with pytest.raises(CannotReach, match=r"has a fault of its own \(status 500, 4 attempts\)"):
        api.get(f"data-sets/{SET}/meta")
    assert pauses == [1, 2, 4]


def test_a_service_that_does_not_answer_is_told_in_a_sentence(
    api: EesHttp, service: Service
) -> None:
    service.troubles = [lambda _: time.sleep(0.8)] * 4
    with pytest.raises(CannotReach) as told:
        api.get(f"data-sets/{SET}/meta")
    assert "Could not reach http://127.0.0.1" in str(told.value)
    assert "did not answer in time" in str(told.value)
    assert "HTTPS_PROXY" in str(told.value)


def test_nobody_at_the_address_is_told_in_a_sentence(pauses: list[float]) -> None:
    api = EesHttp("http://127.0.0.1:9/statistics/v1", pause=pauses.append)
    with pytest.raises(CannotReach, match=r"through your network\. If your council uses a proxy"):
        api.get("publications")
    api.close()


def test_a_sign_in_page_of_the_network_is_not_taken_for_data(
    api: EesHttp, service: Service
) -> None:
    service.troubles = [lambda handler: handler.send(200, b"<html>Please sign in</html>")]
    with pytest.raises(CannotReach, match="is not the statistics service"):
        api.get(f"data-sets/{SET}/meta")


def test_a_data_set_that_is_gone_is_told_in_a_sentence(api: EesHttp) -> None:
    with pytest.raises(CannotReach, match="has no such data set"):
        api.get("data-sets/none")


def test_the_proxy_of_the_environment_is_used(
    service: Service, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    """The service itself plays the proxy: a proxy is asked for the whole address."""
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{service.server_port}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{service.server_port}")
    api = EesHttp("http://statistics.invalid/v1", pause=pauses.append, time_out=0.5)
    assert api.get(f"data-sets/{SET}/meta") == META
    assert service.asked[0][1] == f"http://statistics.invalid/v1/data-sets/{SET}/meta"
    api.close()


def test_the_address_may_come_from_the_environment(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EES_API_ADDRESS", service.address + "/")
    api = EesHttp()
    assert api.get(f"data-sets/{SET}/meta") == META
    api.close()


def test_symbols_come_through_as_they_are(api: EesHttp, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    write_rows(api, SET, ["E06000005"], path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    hidden = next(row for row in rows if row["time_period"] == "2023")
    assert [hidden[name] for name in INDICATORS] == ["x", "z", "c"]
    assert rows[-1]["plans_issued_20_weeks_ex"] == "low"
    assert (hidden["new_la_code"], hidden["old_la_code"]) == ("E06000005", "841")


def test_only_england_the_region_and_the_area_are_asked_for(
    api: EesHttp, service: Service, tmp_path: Path
) -> None:
    write_rows(api, SET, ["E06000005"], tmp_path / "rows.csv")
    asked = service.asked[1][2]["criteria"]["or"]
    assert asked[0] == {"geographicLevels": {"eq": "NAT"}}
    assert asked[1]["locations"]["in"] == [
        {"level": "LA", "code": "E06000005"},
        {"level": "REG", "code": "E12000001"},
    ]


def test_a_whole_data_set_is_downloaded_and_loaded_through_the_same_reader(
    database: Database, measures: Measures, api: EesHttp, found: Found
) -> None:
    loaded = load_data_set(database, SET, measures, api=api)
    assert loaded.file_kinds == ("dfe_ehc_timeliness",)
    [(value, _)] = found(measure_id="ehcp_20w_excl")
    assert round(value, 1) == 46.4


def test_some_areas_are_loaded_through_the_same_reader(
    database: Database, measures: Measures, api: EesHttp, found: Found
) -> None:
    load_data_set(database, SET, measures, areas=["E06000005"], api=api)
    about = {"measure_id": "ehcp_20w_excl", "area_code": "E06000005"}
    rows = {
        period: (value, symbol)
        for period, value, symbol in found("period", "value", "symbol", **about)
    }
    assert round(rows["2024"][0], 1) == 72.5
    assert rows["2023"] == (None, "c")
    assert rows["2022"] == (None, "low")


def test_refresh_takes_what_is_known_of_every_publication_and_says_what_is_not(
    service: Service,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SEND_VAR", str(tmp_path))
    monkeypatch.setenv("EES_API_ADDRESS", service.address)
    assert main(["benchmarks", "refresh", "--area", "E06000005", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert len(done) == 6  # two data sets in each of three publications
    assert {one["outcome"] for one in done} == {"accepted"}
    assert main(["show", "ehcp_20w_excl", "--area", "E06000005", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert ("2024", 121.0, 167.0) in {
        (o["period"], o["numerator"], o["denominator"]) for o in shown
    }


def test_refresh_that_cannot_reach_out_says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEND_VAR", str(tmp_path))
    monkeypatch.setenv("EES_API_ADDRESS", "http://127.0.0.1:9/statistics/v1")
    assert main(["benchmarks", "refresh"]) != 0
    assert "HTTPS_PROXY" in capsys.readouterr().err


@pytest.mark.parametrize(("asked", "written"), [("2018/2019", "201819"), ("2024", "2024")])
def test_an_academic_year_is_written_as_the_files_write_it(asked: str, written: str) -> None:
    one = result("NAT", asked, "1", "2", "3")
    assert _as_row(one, META)["time_period"] == written
