"""Lets no exception out of the counting that could hold a value of the return."""

from pathlib import Path
from types import TracebackType

from loaders.sen2.rows import ReturnRefused


class NothingPersonal:
    """Around everything that touches the return: whatever is raised inside comes out as a
    ReturnRefused that names the kind of fault and its place in the program, and no more."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None or not issubclass(kind, Exception) or issubclass(kind, ReturnRefused):
            return
        raise ReturnRefused(
            f"The program failed on this return ({kind.__name__} in {_place(trace)}). Nothing was "
            "written. Tell whoever looks after the program; this message holds nothing of the "
            "return."
        ) from None


def _place(trace: TracebackType | None) -> str:
    while trace and trace.tb_next:
        trace = trace.tb_next
    assert trace is not None
    return f"{Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}"
