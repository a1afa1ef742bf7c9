"""Which licences a council can use with MIT code, and what has to be said of some."""

# Free to use, change and pass on, in any program; keep the notice. Nothing of ours changes.
PERMISSIVE = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Bitstream-Vera",
        "CC0-1.0",
        "ISC",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "PSF-2.0",
        "ZPL-2.1",
        "Zlib",
    }
)
# Allowed as we use them; each with what keeps it so.
FLAGGED = {
    "LGPL-3.0-only": (
        "used unchanged, as a library of its own that anybody can replace (`pip install` puts it "
        "beside the program): our code stays MIT. Whoever changes it has to give their changes on"
    ),
    "MPL-2.0": "used unchanged: only a changed file of it would have to be given on",
    "OFL-1.1": (
        "fonts: may be passed on with any program, not sold by themselves; what is set in them is "
        "free"
    ),
    "CC-BY-SA-4.0": (
        "pictures: credited where they are shown; only a changed picture would have to be given on "
        "under the same licence. It says nothing about our code"
    ),
}


def is_allowed(expression: str) -> bool:
    """Whether an SPDX expression without brackets leaves us a licence we may use."""
    return any(all(map(_is_known, one.split(" AND "))) for one in expression.split(" OR "))


def flags_of(expression: str) -> tuple[str, ...]:
    """The licences that a sentence is needed for; none when there is another to choose."""
    choices = [set(one.split(" AND ")) - PERMISSIVE for one in expression.split(" OR ")]
    return tuple(min((len(one), sorted(one)) for one in choices)[1])


def _is_known(licence: str) -> bool:
    return licence in PERMISSIVE or licence in FLAGGED
