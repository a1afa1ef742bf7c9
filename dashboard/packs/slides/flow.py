"""Words that fill columns: smaller down to a floor, then on the next column; nothing is lost."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.packs.slides.letters import LINE, Letters
from dashboard.packs.slides.text import Para, Run, height_of

Block = tuple[Para, ...]  # stays together where it can
_STEPS = (0.0, 1.0, 2.0, 3.0, 4.0)


def fitted(
    blocks: Sequence[Block], letters: Letters, room: float, tall: float
) -> list[Para] | None:
    """Everything in one column of `room` by `tall` points, as large as can be; None when it does
    not fit at its smallest."""
    for step in _STEPS:
        paras = [para.smaller(step) for block in blocks for para in block]
        if height_of(paras, letters, room) <= tall:
            return paras
    return None


def columns(
    blocks: Sequence[Block], letters: Letters, room: float, tall: float
) -> list[list[Para]]:
    """As many columns as it takes, filled one after the other."""
    filled: list[list[Para]] = [[]]
    left = tall
    parts = (part for block in blocks for part in _parts(block, letters, room, tall))
    for block in parts:
        needs = height_of(block, letters, room)
        if needs > left and filled[-1]:
            filled.append([])
            block = (replace(block[0], before=0.0), *block[1:])
            needs, left = height_of(block, letters, room), tall
        filled[-1] += block
        left -= needs
    return filled


def _parts(block: Block, letters: Letters, room: float, tall: float) -> Iterator[Block]:
    """A block that no column holds falls into its paragraphs, such a paragraph into its lines."""
    if height_of(block, letters, room) <= tall:
        yield block
        return
    for para in block:
        if para.height(letters, room) <= tall:
            yield (para,)
        else:
            yield from ((one,) for one in _pieces(para, letters, room, tall))


def _pieces(para: Para, letters: Letters, room: float, tall: float) -> Iterator[Para]:
    look = para.runs[0]
    lines = letters.wrap(para.text, para.size, room - para.indent, bold=True)
    most = max(int((tall - para.before) / (para.size * LINE)), 1)
    for start in range(0, len(lines), most):
        text = " ".join(lines[start : start + most])
        bold = all(run.bold for run in para.runs)
        yield replace(para, runs=(Run(text, bold, look.colour),), bullet=para.bullet and not start)
