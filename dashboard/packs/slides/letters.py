"""How much room words need: measured with a font of ours, always a little too much."""

from functools import cache, lru_cache

from PIL import ImageFont

from schemas.resources import resource_folder

LINE = 1.2  # how far apart lines stand, in sizes of their type
_SIZE = 1000
_ROUNDING = 1e-6  # a column made exactly as wide as its words holds them
_SPARE = 1.03  # for what another program's spacing adds
_ARIMO = ("easy_read/fonts/Arimo-Regular.ttf", "easy_read/fonts/Arimo-Bold.ttf")
_DEJAVU = ("fonts/DejaVuSans.ttf", "fonts/DejaVuSans-Bold.ttf")


class Letters:
    """Widths in points. `wide` for a template whose font is not known: DejaVu Sans is among the
    widest there are; otherwise Arimo, whose letters are as wide as Arial's."""

    def __init__(self, wide: bool = False) -> None:
        self._files = _DEJAVU if wide else _ARIMO

    def width(self, text: str, size: float, bold: bool = False) -> float:
        return _word_width(self._files[bold], text) * size * _SPARE

    def wrap(self, text: str, size: float, room: float, bold: bool = False) -> tuple[str, ...]:
        """The lines that `text` takes in a column of `room` points, at least one. A word that is
        longer than a line is broken where the line ends, as office programs do."""
        return _wrap(self._files[bold], text, room / size / _SPARE)

    def height(self, text: str, size: float, room: float, bold: bool = False) -> float:
        return len(self.wrap(text, size, room, bold)) * size * LINE


@lru_cache(maxsize=20_000)
def _wrap(file: str, text: str, room: float) -> tuple[str, ...]:
    """Kept, since the same words are tried in many places; `room` in sizes of the type."""
    space = _word_width(file, " ")
    room += _ROUNDING
    lines, line, used = [], "", 0.0
    for word in text.split(" "):
        wide = _word_width(file, word)
        if line and used + space + wide <= room:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            lines.append(line)
        *full, line = _broken(file, word, room)
        lines += full
        used = _word_width(file, line)
    return (*lines, line)


def _broken(file: str, word: str, room: float) -> list[str]:
    if _word_width(file, word) <= room:
        return [word]
    parts, used = [""], 0.0
    for sign in word:
        wide = _sign_width(file, sign)
        if parts[-1] and used + wide > room:
            parts.append("")
            used = 0.0
        parts[-1] += sign
        used += wide
    return parts


@lru_cache(maxsize=50_000)
def _word_width(file: str, word: str) -> float:
    """In sizes of the type."""
    return sum(_sign_width(file, sign) for sign in word)


@lru_cache(maxsize=5_000)
def _sign_width(file: str, sign: str) -> float:
    return _font(file).getlength(sign) / _SIZE


@cache
def _font(file: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resource_folder("assets") / file), _SIZE)
