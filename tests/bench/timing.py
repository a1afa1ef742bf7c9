"""Whole programs timed one after the other, so that a busy machine slows them all alike."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

ROUNDS = 5
Command = Sequence[object]


@dataclass(frozen=True)
class Taken:
    """The median seconds and the highest memory (MB) of a program's runs."""

    seconds: float
    megabytes: float


def python(module: str, *arguments: object) -> Command:
    return [sys.executable, "-W", "ignore", "-m", module, *arguments]


def side_by_side(
    ways: Mapping[str, Callable[[], Command]], rounds: int = ROUNDS
) -> dict[str, Taken]:
    """Runs each way in turn, so many rounds. A way is called before its run, to make it ready."""
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, ready in ways.items():
            runs[name].append(_run(ready()))
    return {
        name: Taken(
            statistics.median(seconds for seconds, _ in each), max(memory for _, memory in each)
        )
        for name, each in runs.items()
    }


def _run(command: Command) -> tuple[float, float]:
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return time.perf_counter() - start, usage.ru_maxrss / 1024
