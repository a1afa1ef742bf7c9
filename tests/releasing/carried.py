"""What others made and this program carries in its own files: in the wheel, for everyone to get."""

from typing import NamedTuple

from tests.releasing.distributions import ROOT


class Carried(NamedTuple):
    """Something of others in `folder`; `files` are patterns in it, `notice` is its licence text."""

    name: str
    version: str
    licence: str
    folder: str
    files: tuple[str, ...]
    notice: str
    purl: str
    use: str

    def paths(self) -> list[str]:
        """Its files from the project's folder; never none."""
        found = [path for one in self.files for path in (ROOT / self.folder).glob(one)]
        assert found, f"{self.folder} has no {self.files}"
        return sorted(str(path.relative_to(ROOT)) for path in found)


CARRIED = (
    Carried(
        "plotly.js",
        "4.1.1",
        "MIT",
        "assets/vendor",
        ("plotly-scatter-*.min.js",),
        "assets/vendor/plotly-scatter-4.1.1.LICENCES.txt",
        "pkg:npm/plotly.js@4.1.1",
        "the chart that can be pointed at: one kind of trace of it, in our own bundle",
    ),
    Carried(
        "DejaVu Sans",
        "2.35",
        "Bitstream-Vera",
        "assets/fonts",
        ("DejaVuSans*.ttf",),
        "assets/fonts/LICENCE.txt",
        "pkg:generic/dejavu-fonts@2.35",
        "pictures of charts; cut down to the letters we use",
    ),
    Carried(
        "Arimo",
        "1.341",
        "OFL-1.1",
        "assets/easy_read/fonts",
        ("Arimo-*.ttf",),
        "assets/easy_read/fonts/LICENCE.txt",
        "pkg:generic/arimo@1.341",
        "PDFs and picture cards",
    ),
    Carried(
        "OpenMoji",
        "17.0.0",
        "CC-BY-SA-4.0",
        "assets/pictures/openmoji",
        ("*/*.svg",),
        "LICENSES/CC-BY-SA-4.0.txt",
        "pkg:npm/openmoji@17.0.0",
        "the pictures of the family pages, unedited and credited there",
    ),
)
