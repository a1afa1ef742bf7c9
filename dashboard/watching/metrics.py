"""Metrics for Prometheus at `/metrics`, for whoever holds the key; no label can grow without end.

What people and the program do is counted when it is on the record for good.
"""

import hmac
import json
import os
import re
import time
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, abort, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
    multiprocess,
)
from sqlalchemy import Connection, Insert, event
from sqlalchemy.engine import ExceptionContext

from dashboard.watching.health import Health
from dashboard.watching.logs import write_event
from schemas.database import Database
from schemas.round_tables import act

_SECONDS = (0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_WAITS = (0.001, 0.01, 0.1, 0.5, 1, 2.5, 5, 30)
_TURN = ("BEGIN IMMEDIATE", "SELECT pg_advisory_xact_lock")  # where a writer waits for its turn
_AREA = re.compile(r"[A-Z]\d{8}")
_PENDING, _BEGAN = "acts_not_committed", "statement_began"

disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
_ENDPOINT = ("endpoint", "method", "status")
REQUESTS = Counter("send_requests", "Requests answered", _ENDPOINT, registry=REGISTRY)
SECONDS = Histogram(
    "send_request_seconds",
    "Until an answer was there",
    ("endpoint",),
    buckets=_SECONDS,
    registry=REGISTRY,
)
ACTS = Counter("send_acts", "Acts on the record", ("act",), registry=REGISTRY)
UPLOADS = Counter("send_uploads", "Files sent in", ("outcome",), registry=REGISTRY)
PUBLICATIONS = Counter("send_publications", "Versions published", registry=REGISTRY)
DIGESTS = Counter("send_digests", "Alerts by e-mail", ("result",), registry=REGISTRY)
WAIT = Histogram(
    "send_database_wait_seconds",
    "Until a writer had its turn",
    buckets=_WAITS,
    registry=REGISTRY,
)
STATEMENTS = Histogram(
    "send_database_statement_seconds",
    "Until the database had answered a statement",
    buckets=_WAITS,
    registry=REGISTRY,
)
CHECKS = Gauge(
    "send_check_state",
    "Checks of /health/ready: 0 good, 1 needs attention, 2 stops the server",
    ("check",),
    multiprocess_mode="mostrecent",
    registry=REGISTRY,
)
_DIGEST_ACTS = {"sent an alert": "sent", "could not send an alert": "failed"}


def add_metrics(server: Flask, health: Health, key: str) -> None:
    """`/metrics`, which is not there for anybody without `Authorization: Bearer KEY`."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        _watch_process()

    def metrics() -> Response:
        given = request.headers.get("Authorization", "")
        if not key or not hmac.compare_digest(given.encode(), f"Bearer {key}".encode()):
            abort(404)
        for one in health.look():
            CHECKS.labels(one.check).set(one.state)
        answer = Response(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    server.add_url_rule("/metrics", "metrics", metrics, provide_automatic_options=False)


def count_request(endpoint: str, method: str, status: int, seconds: float) -> None:
    """Counts an answer. Endpoints and methods are those the program knows."""
    REQUESTS.labels(endpoint, method, str(status)).inc()
    SECONDS.labels(endpoint).observe(seconds)


def watch_database(database: Database) -> None:
    """Times its statements, and tells and counts each act when it is on the record for good."""
    for engine in (database.read, database.write):
        event.listen(engine, "before_cursor_execute", _begin_statement)
        event.listen(engine, "after_cursor_execute", _end_statement)
    event.listen(database.write, "after_execute", _note_act)
    event.listen(database.write, "rollback", _forget_acts)
    event.listen(database.write, "handle_error", _forget_what_is_lost)
    event.listen(database.write, "checkin", _tell_acts)


def _watch_process() -> None:
    if not _PROCESS:
        _PROCESS.append(ProcessCollector(registry=REGISTRY))


_PROCESS: list[ProcessCollector] = []  # memory and open files of this process, once


def _registry() -> CollectorRegistry:
    """Of this process, or of all that share `PROMETHEUS_MULTIPROC_DIR`."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    together = CollectorRegistry()
    multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together


def _begin_statement(connection: Connection, *_: Any) -> None:
    connection.info[_BEGAN] = time.perf_counter()


def _end_statement(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    seconds = time.perf_counter() - connection.info.pop(_BEGAN, time.perf_counter())
    (WAIT if statement.startswith(_TURN) else STATEMENTS).observe(seconds)


def _note_act(
    connection: Connection, clause: Any, _many: Any, _one: Any, _options: Any, result: Any
) -> None:
    if isinstance(clause, Insert) and clause.table is act:
        connection.info.setdefault(_PENDING, []).extend(result.context.compiled_parameters)


def _forget_acts(connection: Connection) -> None:
    if not connection.invalidated:  # what broke has nothing left that could be asked
        connection.info.pop(_PENDING, None)


def _forget_what_is_lost(context: ExceptionContext) -> None:
    """A commit failed, or the connection broke: it is given back before anything is rolled back."""
    if context.connection is not None and (context.statement is None or context.is_disconnect):
        _forget_acts(context.connection)


def _tell_acts(_connection: Any, record: Any) -> None:
    for one in record.info.pop(_PENDING, ()):
        _count_act(one)
        area = one["area_code"] if _AREA.fullmatch(one["area_code"]) else ""
        facts = {"act": one["what"], "person": one["person_id"], "area": area}
        write_event("act", facts | {"from": one["from_state"], "to": one["to_state"]})


def _count_act(one: Mapping[str, Any]) -> None:
    what = str(one["what"])
    ACTS.labels(what).inc()
    if what == "published":
        PUBLICATIONS.inc()
    if what in _DIGEST_ACTS:
        DIGESTS.labels(_DIGEST_ACTS[what]).inc()
    if what == "sent in":
        UPLOADS.labels(json.loads(one["details"])["outcome"]).inc()
