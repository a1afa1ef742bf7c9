"""StepRefused: what cannot be done now, in sentences that a person can do something about."""

from collections.abc import Mapping

from dashboard.commentary import personal_data
from dashboard.releases.versions import Version
from schemas.commentary import find_word_faults


class StepRefused(Exception):
    """`faults` says what is wrong by the field of the form, "" for what is wrong with none."""

    def __init__(self, faults: str | Mapping[str, str]) -> None:
        self.faults = {"": faults} if isinstance(faults, str) else dict(faults)
        super().__init__(" ".join(self.faults.values()))


def refuse_unless(version: Version, *states: str) -> None:
    """Raises StepRefused when the version is in none of these states."""
    if version.state not in states:
        wanted = " or ".join(states)
        raise StepRefused(f"{version.words} is {version.state}. This is done when it is {wanted}.")


def text_faults(
    texts: Mapping[str, tuple[str, str]], longest: int = 600, may_be_empty: tuple[str, ...] = ()
) -> dict[str, str]:
    """What is wrong with texts that others will read.

    Args:
        texts: by field, how the text is called and what was written.
    """
    faults: dict[str, str] = {}
    for field, (label, words) in texts.items():
        said = [*find_word_faults(words, longest), *personal_data(words)]
        if not words and field not in may_be_empty:
            said = ["is empty."]
        if said:
            faults[field] = " ".join(f"{label} {one}" for one in said)
    return faults
