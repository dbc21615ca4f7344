"""What the constants of questions stand for in a catalogue: a table of two columns, ``constant`` and ``here``."""

import csv
from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from semstat.interop.catalogue.names import Naming, NotFound
from semstat.ontology.errors import SemstatError

__all__ = ["BadConstants", "constants_in"]

_MOST_BYTES = 1 << 20


class BadConstants(SemstatError):
    """A table of constants cannot be read, or names what is not there."""


def constants_in(path: str | PathLike[str], naming: Naming) -> Mapping[str, str]:
    """Return what each constant of a table stands for: an IRI, or the text that takes the place of a text.

    What is an IRI need not be in the catalogue: a question may be about something that is missing.

    Args:
        path: A CSV file with the header ``constant,here``.
        naming: The names of the catalogue, for short forms.

    Raises:
        BadConstants: the file cannot be read, a line is incomplete, or a short form names nothing, or several things.
    """
    found: dict[str, str] = {}
    for line, constant, here in _rows(Path(path)):
        found[constant] = here.strip("'") if constant.startswith("'") else _meant(here, f"{path}, line {line}", naming)
    return found


def _rows(path: Path) -> list[tuple[int, str, str]]:
    try:
        with path.open("rb") as stream:
            text = stream.read(_MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise BadConstants(f"the constants in {path} cannot be read: {problem}") from problem
    cells = csv.reader(text.splitlines(keepends=True))
    head = [name.strip() for name in next(cells, [])]
    if head != ["constant", "here"]:
        raise BadConstants(f"{path} must begin with the header constant,here")
    rows: list[tuple[int, str, str]] = []
    for row in cells:
        given = [cell.strip() for cell in row]
        if any(given) and (len(given) != 2 or not all(given)):
            raise BadConstants(f"{path}, line {cells.line_num}: a line has a constant and what it stands for here")
        rows += [(cells.line_num, given[0], given[1])] if any(given) else []
    return rows


def _meant(here: str, where: str, naming: Naming) -> str:
    try:
        found = naming.find(here)
    except NotFound as missing:
        if "://" in here:
            return here.strip("<>")
        close = f", did you mean {missing.nearest[0]}?" if missing.nearest else ""
        raise BadConstants(f"{where}: nothing in the catalogue is called {here!r}{close}") from missing
    if len(found) > 1:
        raise BadConstants(f"{where}: {here!r} names {len(found)} things: {', '.join(found[:3])}")
    return found[0]
