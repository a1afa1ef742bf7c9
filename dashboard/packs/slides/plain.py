"""Text that any office program can hold: no control signs, no broken lines."""

import dataclasses
import re
from typing import Any

from dashboard.packs.pack import Pack

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = re.compile(r"[\t\n\r ]+")


def plain_pack(pack: Pack) -> Pack:
    """The same pack, every text of it safe to be written into XML."""
    plain = _plain(pack)
    assert isinstance(plain, Pack)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _SPACE.sub(" ", _NOT_XML.sub("", value))
    if isinstance(value, tuple):
        return tuple(_plain(one) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return dataclasses.replace(value, **{name: _plain(getattr(value, name)) for name in names})
    return value
