"""The target of writing: a version of SDMX-ML, and the account of what it cannot say."""

from dataclasses import dataclass

from semstat.interop.formats.sdmx.account import Entry
from semstat.interop.formats.sdmx.dialects import Dialect
from semstat.interop.formats.sdmx.fragments import fragment

__all__ = ["Writing"]

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Writing:
    """What writing an artefact needs: the dialect, and the page of the account on which losses are entered.

    ``source`` is the version of SDMX that the artefact was read from, empty where that is not known.
    """

    dialect: Dialect
    entry: Entry
    source: str = ""

    def lose_raw(self, text: str, part: str | None = None) -> None:
        """Enter raw content that has no place in the target."""
        piece = fragment(text)
        what = f"`{piece.local}`" if piece is not None else "content of another format"
        self.entry.lose(
            "IO202",
            f"{what} was kept without being interpreted, and has no place in SDMX-ML {self.dialect.version}",
            part=part,
            value=text[:_SHOWN],
        )
