"""The e-mail of a digest: what it is about and where to read it, and no figure of any measure."""

from collections.abc import Iterable, Iterator

from dashboard.alerts.told import Told
from dashboard.downloads.measure_book import INVENTED
from schemas.area_settings import AreaSettings


def message(area: AreaSettings, site: str, told: Iterable[Told]) -> tuple[str, str]:
    """The subject and the text.

    Args:
        site: where the server is, such as `https://send.example.gov.uk`.
    """
    ones = list(told)
    page = f"{site}/staff/{area.code}/alerts"
    lines = [line for one in ones for line in _lines(area, site, one)]
    lines += [
        f"The figures and the charts in words: {page}",
        "",
        "You get this message because you asked for it. That page ends it, or changes what you are",
        "told of. Nobody reads answers to this address.",
    ]
    return f"SEND dashboard, {area.name}: {_subject(ones)}", "\n".join(lines) + "\n"


def _subject(ones: list[Told]) -> str:
    first = ones[0].digest.title
    more = len(ones) - 1
    said = f"{first[0].lower()}{first[1:]}"
    return f"{said}, and more" if more else said


def _lines(area: AreaSettings, site: str, one: Told) -> Iterator[str]:
    yield f"{area.partnership}: {one.digest.title[0].lower()}{one.digest.title[1:]}."
    if one.digest.invented:
        yield INVENTED
    yield ""
    for entry in one.entries:
        yield f"* {entry.title}"
        yield from (f"  {phrase}." for phrase, _ in entry.said)
        yield f"  {site}{entry.address}"
        yield ""
    if not one.entries:
        yield f"Nothing of it asks for a word here. {site}{one.digest.address}"
        yield ""
    if one.looked:
        yield one.looked
        yield ""
