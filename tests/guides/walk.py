"""A reader of a guide at a real browser, who does each step and finds what it names in bold."""

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from tests.guides.guide import Guide, Step, Task
from tests.guides.pictures import WIDTH, take

_PATIENCE = 60_000  # milliseconds: a machine may be busy, and pages for everyone take a while
_FIELDS = "input:not([type=hidden]), textarea, select"


class Walk:
    """Tasks and steps are taken in the guide's order, and a step only knows its own names: what is
    looked for must stand there in bold, and what stands there must have been found."""

    def __init__(self, guide: Guide, browser: Browser, home: str, folder: Path) -> None:
        self.guide, self.home, self.folder = guide, home, folder
        self.pictures: dict[str, bytes] = {}
        self.walked: list[str] = []
        self._browser = browser
        self._step: Step | None = None
        self._task: Task | None = None
        self._unseen: list[str] = []

    @contextmanager
    def somebody(self) -> Iterator[Page]:
        """A browser of its own, at the first page, for one person."""
        context = self._browser.new_context(
            viewport={"width": WIDTH, "height": 900}, locale="en-GB", timezone_id="Europe/London"
        )
        self.page = context.new_page()
        self.page.set_default_timeout(_PATIENCE)
        self.page.goto(self.home)
        yield self.page
        context.close()

    @contextmanager
    def signed_in(self, who: str) -> Iterator[Page]:
        """A person of the demonstration, at the first staff page."""
        with self.somebody() as page:
            page.goto(f"{self.home}/staff/sign-in")
            page.locator(f'button[value="demo-{who}"]').click()
            page.get_by_role("heading", name="Your account").wait_for()
            yield page

    @contextmanager
    def meanwhile(self, who: str) -> Iterator[Page]:
        """The same beside the person whose page it is, who goes on afterwards."""
        before = self.page
        with self.signed_in(who) as page:
            yield page
        self.page = before

    @contextmanager
    def task(self, title: str) -> Iterator[None]:
        """Everything under one heading; its steps have all been taken at the end."""
        self._task, self._step = self.guide.task(title), None
        yield
        self._end_step()
        last = self._step.number if self._step else 0
        assert last == len(self._task.steps), f"{title}: step {last + 1} was not taken"
        self.walked.append(title)

    def step(self, number: int) -> None:
        self._end_step()
        assert self._task is not None
        before = self._step.number if self._step else 0
        assert number == before + 1, f"{self._task.title}: step {before + 1} was passed over"
        assert number <= len(self._task.steps), f"{self._task.title} has no step {number}"
        self._step = self._task.steps[number - 1]
        assert self._step.number == number, f"{self._task.title}: the steps are numbered anew"
        self._unseen = list(self._step.names)

    def _end_step(self) -> None:
        where = f"{self._task.title if self._task else ''}, step {self._step}"
        assert not self._unseen, f"{where}: never looked for {self._unseen}"

    def _named(self, name: str) -> re.Pattern[str]:
        """Words that begin like those in bold: what follows is a number, a term or a hint."""
        assert self._task
        assert self._step
        where = f"{self._task.title}, step {self._step.number}"
        assert name in self._step.names, f"{where} does not say “{name}” in bold"
        if name in self._unseen:
            self._unseen.remove(name)
        return re.compile(rf"^\s*{_plain(name)}(?!\w)")

    # What a reader does. Each answers for one name in bold.

    def see(self, role: str, name: str) -> Locator:
        return self._seen(self.page.get_by_role(role, name=self._named(name)), name)  # type: ignore[arg-type]

    def follow(self, name: str) -> None:
        """Waits for the page it leads to, which may come by script in the place of this one."""
        link = self.see("link", name)
        within = "#" in (link.get_attribute("href") or "")
        self.page.evaluate("document.querySelector('#page')?.setAttribute('data-left', '')")
        link.click()
        if not within:
            self.page.locator("#page[data-left]").wait_for(state="detached")
        self.page.wait_for_load_state()

    def own(self, name: str) -> None:
        """What the guide does not name, because it is called otherwise in every area."""
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def look_at(self, name: str) -> None:
        """There and back again."""
        self.follow(name)
        self.page.get_by_role("heading", level=1).wait_for()
        self.page.go_back()

    def press(self, name: str) -> None:
        button = self.see("button", name)
        with self.page.expect_navigation():
            button.click()

    def send(self, name: str) -> None:
        """A button that sends a file by script, and the page about that file."""
        self.see("button", name).click()
        self.page.wait_for_url("**/send-in/*")
        self.page.locator(".state").first.wait_for()

    def field(self, name: str) -> Locator:
        labelled = self.page.get_by_label(self._named(name)).and_(self.page.locator(_FIELDS))
        return self._seen(labelled, name)

    def write(self, name: str, text: str) -> None:
        self.field(name).fill(text)

    def write_each(self, name: str, text: str) -> None:
        """Into every field whose label begins so."""
        self.field(name)
        begins = re.compile(rf"^{_plain(name)}")
        for one in self.page.get_by_label(begins).and_(self.page.locator("textarea")).all():
            if one.is_visible():
                one.fill(text)

    def choose(self, name: str, words: str) -> None:
        self.field(name).select_option(label=words)

    def tick(self, name: str) -> None:
        self.field(name).check()

    def give(self, name: str, *paths: Path) -> None:
        self.field(name).set_input_files(paths)

    def unfold(self, name: str) -> None:
        self._seen(self.page.locator("summary", has_text=self._named(name)), name).click()

    def download(self, name: str, of: str = "") -> Path:
        """`of` are further words of the link, where several begin alike."""
        self._named(name)
        words = re.compile(rf"^\s*{_plain(name)}.*{_plain(of)}")
        link = self.page.get_by_role("link", name=words).first
        with self.page.expect_download() as waiting:
            link.click()
        path = self.folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    def _seen(self, found: Locator, name: str) -> Locator:
        """The one whose words are exactly these, or else the first."""
        visible = found.filter(visible=True)
        visible.first.wait_for()
        exact = [one for one in visible.all() if one.inner_text().strip() == name]
        return exact[0] if exact else visible.first

    def command(self, program: str) -> list[str]:
        """The words of the command of this task that begins with the name of a program."""
        assert self._task is not None
        return shlex.split(next(one for one in self._task.commands if one.startswith(program)))

    def picture(self, name: str, first: str | Locator, last: str | Locator | None = None) -> None:
        """From one thing on the page to another, for a picture that this task shows."""
        assert self._task is not None
        path = f"pictures/{name}.png"
        assert path in [one.path for one in self._task.pictures], f"nothing shows {path}"
        ends = [
            one if isinstance(one, Locator) else self.page.locator(one).first
            for one in (first, last or first)
        ]
        self.pictures[path] = take(self.page, *ends)


def _plain(text: str) -> str:
    """For a pattern in which the text means itself; a stroke would end Playwright's own."""
    return re.escape(text).replace("/", ".")
