"""A value of SDMX-ML data that elements hold: its parts, and the texts of each part in their languages."""

from dataclasses import dataclass, field

from semstat.validators.observations import LANGUAGE_MARK, PART_SEPARATOR, VERSION_SEPARATOR

__all__ = ["Cell"]


@dataclass(slots=True)
class Cell:
    """What is read of one component so far: on which line it begins, its parts, and each part in all its languages.

    ``texts`` are those of the part at hand, its own text first; ``languages`` those of all but the first.
    """

    component: str = ""
    line: int = 0
    parts: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    marked: bool = False
    """Whether it has been reported that there is markup in its texts."""

    def end_part(self) -> None:
        """A part ends. The versions of a text in several languages are one part; the first of them is the value.

        Example:
            >>> cell = Cell("TITLE", texts=[" ", "Prix", "Prices"], languages=["fr", "en"])
            >>> cell.end_part(); cell.value, cell.stated == f"fr{LANGUAGE_MARK}Prix{VERSION_SEPARATOR}en{LANGUAGE_MARK}Prices"
            ('Prix', True)
        """
        own, *texts = self.texts
        self.parts.append(texts[0] if texts else own)
        stated = (language + LANGUAGE_MARK + text for language, text in zip(self.languages, texts, strict=True))
        self.versions.append(VERSION_SEPARATOR.join(stated) if texts else own)

    @property
    def value(self) -> str | None:
        """The parts as one cell; ``None`` if there is no part."""
        return PART_SEPARATOR.join(self.parts) if self.parts else None

    @property
    def stated(self) -> str | None:
        """The parts in their languages; ``None`` if none is stated."""
        stated = any(LANGUAGE_MARK in version for version in self.versions)
        return PART_SEPARATOR.join(self.versions) if stated else None
