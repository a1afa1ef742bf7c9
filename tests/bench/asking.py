"""Many requests of one kind to one server, by ApacheBench: how many a second, and how long."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

READERS = 8


def can_ask() -> bool:
    return shutil.which("ab") is not None


def ask(address: str, asked: int, keep: bool, headers: Mapping[str, str]) -> dict[str, float]:
    """`a_second` and `p95` in milliseconds, of eight readers who ask again as soon as they are
    answered; with `keep` one connection carries many requests.

    Raises:
        AssertionError: an answer was not 200, or there was none.
    """
    with tempfile.TemporaryDirectory() as folder:
        times = Path(folder) / "times.csv"
        command = ["ab", "-q", "-l", "-n", str(asked), "-c", str(READERS), "-e", str(times)]
        command += ["-k"] if keep else []
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        done = subprocess.run([*command, address], check=True, capture_output=True, text=True)
        said = done.stdout
        assert "Non-2xx" not in said, said
        failed = re.search(r"Failed requests:\s+(\d+)", said)
        found = re.search(r"Requests per second:\s+([\d.]+)", said)
        assert found
        assert failed
        assert failed[1] == "0", said
        return {"a_second": float(found[1]), "p95": _percentile(times.read_text(), 95)}


def _percentile(times: str, percent: int) -> float:
    rows = dict(line.split(",") for line in times.splitlines()[1:])
    return float(rows[str(percent)])
