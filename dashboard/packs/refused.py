"""PackRefused: why there is no such pack, in a sentence."""


class PackRefused(Exception):
    """`words` are for whoever asked."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
