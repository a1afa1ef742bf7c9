"""Watching a server that runs: its health, its log lines, its metrics, its slow answers."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.hosting import Hosting
    from dashboard.pages.site import Site
    from dashboard.watching.health import Health
    from dashboard.watching.slow import SlowRequests

SHORTEST_KEY = 32  # characters
_NAME = "watching"


@dataclass(frozen=True)
class Watching:
    """What may be seen of a server, and by whom.

    `health_key` opens the details of `/health/ready` to another machine, `metrics_key` opens
    `/metrics`, which is shut without one. `backups` is the folder of backups that is watched.
    """

    health_key: str = field(default="", repr=False)
    metrics_key: str = field(default="", repr=False)
    backups: Path | None = None
    log_lines: bool = False


@dataclass(frozen=True)
class Watched:
    """What a server knows of itself since it was started."""

    watching: Watching
    health: "Health"
    slow: "SlowRequests"


def read_watching(demo: bool, environment: Mapping[str, str] = os.environ) -> Watching:
    """What the environment says: SEND_HEALTH_KEY, SEND_METRICS_KEY, SEND_BACKUPS, and SEND_LOGS
    (`1` or `0`; default: lines are written, except by a demonstration). With `0` only faults are.

    Raises:
        HostingProblem: naming each key that is too short to be safe.
    """
    from dashboard.hosting import HostingProblem

    keys = {name: environment.get(name, "") for name in ("SEND_HEALTH_KEY", "SEND_METRICS_KEY")}
    weak = [name for name, key in keys.items() if key and len(key) < SHORTEST_KEY]
    if weak:
        raise HostingProblem(
            "\n".join(f"{name} needs {SHORTEST_KEY} random characters or more." for name in weak)
        )
    folder = environment.get("SEND_BACKUPS", "")
    lines = environment.get("SEND_LOGS", "0" if demo else "1") == "1"
    health_key, metrics_key = keys.values()
    return Watching(health_key, metrics_key, Path(folder) if folder else None, lines)


def add_watching(server: "Flask", site: "Site", hosting: "Hosting") -> None:
    """Watches every request of a server whose addresses are all there, and adds `/health/live`,
    `/health/ready` and `/metrics`.

    Raises:
        HostingProblem: a key is too short to be safe.
    """
    from dashboard.watching.health import Health, add_health
    from dashboard.watching.logs import write_lines
    from dashboard.watching.metrics import add_metrics, watch_database
    from dashboard.watching.requests import watch_requests
    from dashboard.watching.slow import SlowRequests

    watching = read_watching(hosting.demo)
    if watching.log_lines or not hosting.demo:
        write_lines(faults_only=not watching.log_lines)
    watched = Watched(watching, Health(site.database, watching.backups), SlowRequests())
    server.extensions[_NAME] = watched
    watch_database(site.database)
    add_health(server, watched.health, watching.health_key)
    add_metrics(server, watched.health, watching.metrics_key)
    watch_requests(server, site.settings, hosting, watched.slow)


def get_watched(server: "Flask") -> Watched:
    """What the server knows of itself."""
    watched = server.extensions[_NAME]
    assert isinstance(watched, Watched)
    return watched
