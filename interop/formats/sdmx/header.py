"""The header of a message: who sends what to whom, and when it was prepared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from semstat.interop.formats.sdmx.model_contents import Contact
from semstat.interop.formats.sdmx.model_facts import Text
from semstat.ontology.identifiers import is_identifier

__all__ = ["NO_HEADER", "TIME", "Header", "Party"]

TIME = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?",
    re.ASCII,
)
"""A date or a moment of preparation (*HeaderTimeType*)."""


@dataclass(frozen=True, slots=True)
class Party:
    """The sender or a receiver of a message; only senders have a ``timezone``."""

    id: str
    names: tuple[Text, ...] = ()
    contacts: tuple[Contact, ...] = ()
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of a message says; ``None`` and empty where nothing is said.

    ``prepared`` is a date or a moment in the form of XML Schema. There is no clock behind it: who writes a message says
    when it was prepared, so that the same input gives the same bytes.

    ``extracted``, ``provider`` and ``set_ids`` are about the data in the message: when they were taken from their system, the
    URN of who provides them (the id alone, where no more is said), and the ids of its datasets. ``others`` holds what has no
    field here, as names and texts.
    """

    id: str | None = None
    prepared: str | None = None
    sender: Party | None = None
    test: bool | None = None
    receivers: tuple[Party, ...] = ()
    names: tuple[Text, ...] = ()
    sources: tuple[Text, ...] = ()
    extracted: str | None = None
    provider: str | None = None
    set_ids: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()

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
            extracted=self.extracted or other.extracted,
            provider=self.provider or other.provider,
            set_ids=self.set_ids or other.set_ids,
            others=self.others or other.others,
        )

    def faults(self) -> Iterator[str]:
        """Yield what no message can say: ids and dates that are none.

        Source:
            SDMX 2.1 and 3.0, common schema (*IDType*) and message schema (*HeaderTimeType*).

        Example:
            >>> list(Header(id="A1", prepared="yesterday").faults())
            ["'yesterday' is no date or time of preparation, such as 2024-01-31 or 2024-01-31T12:00:00Z"]
        """
        ids = [("a message", self.id), ("a sender", self.sender.id if self.sender else None)]
        for whose, text in ids:
            if text is not None and not is_identifier(text):
                yield f"{text!r} is no id of {whose}: letters, digits and _ @ $ - are"
        if self.prepared is not None and TIME.fullmatch(self.prepared) is None:
            yield f"{self.prepared!r} is no date or time of preparation, such as 2024-01-31 or 2024-01-31T12:00:00Z"


NO_HEADER = Header()
"""What a message without a header says."""
