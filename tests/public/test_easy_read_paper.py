"""The family pages on paper: tagged, titled, short, with every word and nothing but words."""

import datetime as dt
import re
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest

from dashboard.public.easy_read.content import EasyRead, Row
from dashboard.public.easy_read.paper import ALL, draw_papers
from dashboard.public.easy_read.topics import build_content
from tests.public.builders import figure, release
from tests.public.family_pages import easy_read, topic

pytestmark = pytest.mark.skipif(
    shutil.which("pdfinfo") is None,
    reason="poppler is not installed (Debian: apt-get install poppler-utils)",
)


def papers(content: EasyRead) -> dict[str, bytes]:
    return dict(draw_papers(release(figure()), content))


def ask(program: str, paper: bytes, folder: Path, *options: str) -> str:
    file = folder / "paper.pdf"
    file.write_bytes(paper)
    command = [program, *options, str(file)] + (["-"] if program == "pdftotext" else [])
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_there_is_one_paper_of_everything_and_one_of_each_topic() -> None:
    assert set(papers(easy_read())) == {ALL, "plans-on-time/page.pdf", "waits/page.pdf"}


def test_every_paper_is_tagged_and_has_a_title_and_a_language(tmp_path: Path) -> None:
    for paper in papers(easy_read()).values():
        facts = ask("pdfinfo", paper, tmp_path)
        assert re.search(r"Tagged: +yes", facts)
        assert re.search(r"Title: .*SEND in Darlington: Summer 2026", facts)
        assert re.search(r"Page size: .*\(A4\)", facts)
        assert re.search(r"/Lang ?\(en-GB\)", _unpacked(paper))
        assert "pdfuaid" in _unpacked(paper)


def _unpacked(paper: bytes) -> str:
    found = [paper]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", paper, re.S):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return b"\n".join(found).decode("latin-1")


def test_a_topic_has_at_most_five_sheets(tmp_path: Path) -> None:
    for path, paper in papers(easy_read()).items():
        if path != ALL:
            assert int(re.findall(r"Pages: +(\d+)", ask("pdfinfo", paper, tmp_path))[0]) <= 5


def test_the_words_of_the_catalogue_fit_on_five_sheets(tmp_path: Path) -> None:
    made = release(figure())
    found = dict(draw_papers(made, build_content(made, made.published_on)))
    sheets = {
        path: int(re.findall(r"Pages: +(\d+)", ask("pdfinfo", paper, tmp_path))[0])
        for path, paper in found.items()
    }
    assert len(sheets) > 5
    assert {path: n for path, n in sheets.items() if n > 5 and path != ALL} == {}


def test_the_same_release_gives_the_same_bytes() -> None:
    assert papers(easy_read()) == papers(easy_read())


def test_another_day_of_publication_is_another_date_in_the_file() -> None:
    later = release(figure(), published_on=dt.date(2027, 1, 5))
    assert dict(draw_papers(later, easy_read())) != papers(easy_read())


def test_every_sentence_is_on_paper(tmp_path: Path) -> None:
    words = plain(ask("pdftotext", papers(easy_read())[ALL], tmp_path))
    for one in easy_read().topics:
        sentences = [s for block in one.blocks for part in block.parts for s in sentences_of(part)]
        for sentence in [one.question, *sentences, one.pairs[0].said, one.pairs[0].did]:
            assert plain(sentence) in words, sentence
    for said in ("Pictures: OpenMoji.", "Licence: CC BY-SA 4.0.", easy_read().invented):
        assert plain(said) in words


def sentences_of(part: object) -> list[str]:
    facts = vars(part)
    single = [facts[name] for name in ("words", "other", "limit_words") if facts.get(name)]
    return [*facts.get("sentences", ()), *single]


def plain(text: str) -> str:
    return " ".join(text.replace("**", "").split())


def test_invented_numbers_are_labelled_on_every_topic_of_the_paper(tmp_path: Path) -> None:
    words = plain(ask("pdftotext", papers(easy_read())[ALL], tmp_path))
    assert words.count("These numbers are not real.") == 4  # the front, two topics, hard words


def test_nothing_in_a_sentence_is_read_as_mark_up(tmp_path: Path) -> None:
    hostile = '#panic("x") $1/0$ *a* = b @c `d` \\ "e"'
    content = easy_read(topic(), intro=(Row("child", (hostile,)),))
    assert plain(hostile) in plain(
        ask("pdftotext", papers(content)[ALL], tmp_path).replace("“", '"').replace("”", '"')
    )


def test_only_fonts_of_our_own_are_used_and_all_are_in_the_file(tmp_path: Path) -> None:
    listed = ask("pdffonts", papers(easy_read())[ALL], tmp_path).splitlines()[2:]
    assert {re.split(r"[+\s]", line)[1].split("-")[0] for line in listed} == {"Arimo"}
    assert all(re.search(r" yes +yes +yes ", line) for line in listed)


def test_a_sign_that_no_font_has_stops_nothing(tmp_path: Path) -> None:
    content = easy_read(topic(), intro=(Row("child", ("Help in Cŵm for Nguyễn 🙂 now.",)),))
    assert "Help in Cŵm for Nguyen now." in plain(ask("pdftotext", papers(content)[ALL], tmp_path))


def test_every_letter_that_is_let_through_can_be_printed() -> None:
    letters = [chr(number) for number in range(0x20, 0x20AD)]
    rows = tuple(
        Row("child", (f"A {''.join(letters[start : start + 60])}.",))
        for start in range(0, len(letters), 60)
    )
    assert papers(easy_read(topic(), intro=rows))


def test_no_letter_is_smaller_than_16_points(tmp_path: Path) -> None:
    html = ask(
        "pdftohtml", papers(easy_read())[ALL], tmp_path, "-xml", "-stdout", "-i", "-zoom", "1"
    )
    sizes = {int(size) for size in re.findall(r'<fontspec[^>]* size="(\d+)"', html)}
    assert sizes
    assert min(sizes) >= 15  # the program cuts the fraction off
