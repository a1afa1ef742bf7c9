"""FamiliesFault: why something about what families said was not done, by the field of its form."""

from collections.abc import Mapping


class FamiliesFault(Exception):
    """`faults` says in a sentence for each field what a person can do about it."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults.values()))
