"""The header of a structure message: who sends what, and when it was prepared."""

from dataclasses import dataclass, replace

from semstat.interop.formats.sdmx.model import Text

__all__ = ["Header", "Party"]


@dataclass(frozen=True, slots=True)
class Party:
    """The sender or a receiver of a message."""

    id: str
    names: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of a message says; ``None`` and empty where nothing is said.

    ``prepared`` is a date or a moment in the form of XML Schema. There is no clock behind it: who writes a message says
    when it was prepared, so that the same input gives the same bytes.
    """

    id: str | None = None
    prepared: str | None = None
    sender: Party | None = None
    test: bool | None = None
    receivers: tuple[Party, ...] = ()
    names: tuple[Text, ...] = ()
    sources: tuple[Text, ...] = ()

    def completed_by(self, other: "Header") -> "Header":
        """Return this header, with the parts that it lacks taken from another one.

        Example:
            >>> Header(id="A").completed_by(Header(id="B", prepared="2024-01-01")).prepared
            '2024-01-01'
        """
        return replace(
            self,
            id=self.id or other.id,
            prepared=self.prepared or other.prepared,
            sender=self.sender or other.sender,
            test=other.test if self.test is None else self.test,
            receivers=self.receivers or other.receivers,
            names=self.names or other.names,
            sources=self.sources or other.sources,
        )
