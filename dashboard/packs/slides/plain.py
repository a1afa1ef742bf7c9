"""Text that any office program can hold: no control signs, no broken lines."""

import re

from dashboard.packs.pack import Pack
from dashboard.packs.reworded import with_words

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = re.compile(r"[\t\n\r ]+")


def plain_pack(pack: Pack) -> Pack:
    """The same pack, every text of it safe to be written into XML."""
    return with_words(pack, lambda text: _SPACE.sub(" ", _NOT_XML.sub("", text)))
