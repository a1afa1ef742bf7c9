"""One publication that is due, and the copy that is at it killed in the middle of its work."""

import time
from dataclasses import dataclass

from dashboard.releases.versions import Version
from tests.many.copies import Deployment
from tests.many.round import Out, Round, holder_of, plan_of, what_is_out

_FOUND = 45.0  # seconds until some copy looks for what is due: each does every half minute
_DONE = 60.0  # seconds from the kill until another copy has published


@dataclass(frozen=True)
class Seen:
    """What was seen: who was killed, how long after the moment of the plan (seconds), whether it
    had published by then, and how long after its death the figures were out."""

    version: Version
    killed: str
    killed_after: float
    was_out: bool
    out_after: float
    faults: tuple[str, ...]


def publish_and_kill(deployment: Deployment, round_: Round, pause: float) -> Seen:
    """Agrees and plans a version, waits for the copy that takes its turn, and kills that.

    Args:
        pause: seconds that it is left at work.
    """
    version = round_.agree()
    at = round_.plan(version, 3)
    number = plan_of(round_.database, version)
    faults: list[str] = []
    name = _wait_for_a_holder(round_, version, number, at, faults)
    time.sleep(pause)
    deployment.named(name).kill()
    killed = time.time()
    out = what_is_out(round_.database, version)
    was_out = _is_out(out)
    while not _is_out(out):
        if time.time() - killed > _DONE:
            faults.append(f"not out {_DONE:.0f} seconds after the kill")
            break
        time.sleep(0.05)
        out = what_is_out(round_.database, version)
        if not out.is_whole:
            faults.append(f"half: {out}")
    if not out.is_whole:
        faults.append(f"not once: {out}")
    return Seen(version, name, killed - at, was_out, time.time() - killed, tuple(faults))


def _wait_for_a_holder(
    round_: Round, version: Version, number: int, at: float, faults: list[str]
) -> str:
    while time.time() < at + _FOUND:
        before = time.time()
        out = what_is_out(round_.database, version)
        if _is_out(out):
            faults.append("early" if before < at else "out before anybody was seen at it")
        if not out.is_whole:
            faults.append(f"half: {out}")
        if name := holder_of(round_.database, f"publish {number}"):
            return name
        time.sleep(0.05)
    raise AssertionError("no copy looked for what is due")


def _is_out(out: Out) -> bool:
    return out.state in ("published", "corrected")
