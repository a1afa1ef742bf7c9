"""Why a change of the plan is not kept."""

from collections.abc import Mapping


class PlanFault(Exception):
    """`faults` says by field what is wrong. `stale` when somebody else changed the row since it
    was read; `now_id` is then the row that holds, 0 when the action has ended."""

    def __init__(self, faults: Mapping[str, str], *, stale: bool = False, now_id: int = 0) -> None:
        self.faults = faults
        self.stale = stale
        self.now_id = now_id
        super().__init__(" ".join(faults.values()))
