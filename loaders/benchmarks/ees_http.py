"""Asks the Explore Education Statistics API, waits when it says so, and gives up in a sentence."""

import gzip
import os
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import requests

from loaders.benchmarks.known import known

ADDRESS_VARIABLE = "EES_API_ADDRESS"
_BUSY = 429
_LONGEST_PAUSE = 120.0
_PIECE = 1024 * 1024


class CannotReach(Exception):
    """The API could not be asked, or refused; the message says what a person can do."""


class EesHttp:
    """GET and POST with retries. Proxies are taken from HTTPS_PROXY, as `requests` does.

    `pause` is called with the seconds to wait between attempts.
    """

    def __init__(
        self,
        address: str | None = None,
        *,
        pause: Callable[[float], object] = time.sleep,
        time_out: float | None = None,
    ) -> None:
        self._known = known("data_sets")
        address = address or os.environ.get(ADDRESS_VARIABLE) or self._known["base_address"]
        self.address = str(address).rstrip("/")
        self._pause = pause
        self._time_out = time_out or self._known["time_out_seconds"]
        self._session = requests.Session()
        self._session.headers["Accept-Encoding"] = "gzip"

    def close(self) -> None:
        self._session.close()

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """The JSON answer to a GET."""
        return _json(self._ask("GET", path, params=params))

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """The JSON answer to a POST."""
        return _json(self._ask("POST", path, json=body))

    def download(self, path: str, target: Path) -> None:
        """Writes the answer to a file, piece by piece; a gzip file is unpacked."""
        answer = self._ask("GET", path, stream=True)
        packed = target.with_suffix(".part")
        try:
            with packed.open("wb") as file:
                for piece in answer.iter_content(_PIECE):
                    file.write(piece)
        except requests.RequestException as error:
            packed.unlink(missing_ok=True)
            raise CannotReach(_broke_off(self.address)) from error
        _unpack(packed, target)

    def _ask(self, method: str, path: str, **asked: Any) -> requests.Response:
        seconds = float(self._known["first_pause_seconds"])
        attempts = int(self._known["attempts"])
        wrong = ""
        for attempt in range(attempts):
            if attempt:
                self._pause(seconds)
                seconds *= 2
            try:
                answer = self._session.request(
                    method, f"{self.address}/{path}", timeout=self._time_out, **asked
                )
            except (requests.ConnectionError, requests.Timeout) as error:
                wrong = _no_way_through(self.address, error)
                continue
            if answer.status_code != _BUSY and answer.status_code < 500:
                return _checked(answer, self.address)
            wrong = _refusal(self.address, answer.status_code, attempts)
            seconds = _asked_pause(answer) or seconds
        raise CannotReach(wrong)


def _asked_pause(answer: requests.Response) -> float | None:
    """What `Retry-After` asks for, in seconds (a date is not used by this API)."""
    text = answer.headers.get("Retry-After", "")
    return min(float(text), _LONGEST_PAUSE) if text.isdigit() else None


def _checked(answer: requests.Response, address: str) -> requests.Response:
    if answer.ok:
        return answer
    if answer.status_code == requests.codes.proxy_authentication_required:
        raise CannotReach(f"The proxy between you and {address} asks for a name and password.")
    if answer.status_code == requests.codes.not_found:
        raise CannotReach(f"{address} has no such data set: its id may have changed.")
    raise CannotReach(f"{address} refused the question (status {answer.status_code}).")


def _json(answer: requests.Response) -> Any:
    try:
        return answer.json()
    except requests.JSONDecodeError as error:
        raise CannotReach(
            f"What answered for {answer.url} is not the statistics service: perhaps a page of "
            "your network's own. Download the file in a browser and load it from disk."
        ) from error


def _no_way_through(address: str, error: Exception) -> str:
    slow = "It did not answer in time. " if isinstance(error, requests.Timeout) else ""
    return (
        f"Could not reach {address} through your network. {slow}If your council uses a proxy, set "
        "HTTPS_PROXY to its address; or download the file in a browser and load it from disk."
    )


def _refusal(address: str, status: int, attempts: int) -> str:
    why = "is being asked too much" if status == _BUSY else "has a fault of its own"
    return f"{address} {why} (status {status}, {attempts} attempts). Try again later."


def _broke_off(address: str) -> str:
    return f"The download from {address} broke off. Try again."


def _unpack(packed: Path, target: Path) -> None:
    with packed.open("rb") as file:
        is_gzip = file.read(2) == b"\x1f\x8b"
    if is_gzip:
        with gzip.open(packed) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file)
        packed.unlink()
    else:
        packed.replace(target)
