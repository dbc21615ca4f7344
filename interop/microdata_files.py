"""Which described file a data file is: named by the user, by the file's name, or by the variables it has."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import parse_qs, unquote, urlsplit

from semstat.ontology.errors import SemstatError
from semstat.validators.microdata import DescribedFile
from semstat.validators.microdata.data_table import DataTable
from semstat.validators.nearest import nearest_code

__all__ = ["NoSuchFile", "by_name", "by_variables", "names_of_file"]

_LEAST_SHARED = 0.5


class NoSuchFile(SemstatError):
    """The user names a file that is not among those given, or not among those described.

    Example:
        >>> str(NoSuchFile("described file", "F2", ["F1", "persons"]))
        'no described file is called `F2`; at hand: F1, persons'
    """

    def __init__(self, kind: str, name: str, at_hand: Sequence[str]) -> None:
        near = nearest_code(name, at_hand)
        hint = f"did you mean `{near}`?" if near is not None else ""
        super().__init__(f"no {kind} is called `{name}`; at hand: {', '.join(at_hand) or 'none'}", hint=hint)


def names_of_file(file: DescribedFile) -> set[str]:
    """Return the names that a described file may have on disk, in lower case and without suffix.

    Nesstar gives the name in the query of the address.
    """
    found = {_stem(file.name)} if file.name else set()
    if file.uri:
        parts = urlsplit(file.uri)
        found.add(_stem(unquote(parts.path)))
        found.update(_stem(name) for name in parse_qs(parts.query).get("Name", []))
    return found - {""}


def _stem(name: str) -> str:
    last = PurePosixPath(PureWindowsPath(name.strip()).as_posix()).name
    last = re.sub(r"\.gz$", "", last.rpartition("!")[2], flags=re.IGNORECASE)
    return PurePosixPath(last).stem.casefold()


def by_name(source: str, files: Sequence[DescribedFile], named: Mapping[str, str]) -> DescribedFile | None:
    """Return the described file that a data file is by what the user says, or else by its name if that fits one alone."""
    told = named.get(source)
    if told is not None:
        return next((file for file in files if told in {file.identifier, file.name}), None)
    fitting = [file for file in files if _stem(source) in names_of_file(file)]
    return fitting[0] if len(fitting) == 1 else None


def by_variables(table: DataTable, files: Iterable[DescribedFile]) -> DescribedFile | None:
    """Return the described file that shares most variables with a data file, if it shares half and no other as many."""
    have = {column.name.casefold() for column in table.columns}
    shares: list[tuple[float, DescribedFile]] = []
    for file in files:
        described = {variable.name.casefold() for variable in file.variables}
        shares.append((len(have & described) / max(len(have | described), 1), file))
    shares.sort(key=lambda item: -item[0])
    if not shares or shares[0][0] < _LEAST_SHARED or (len(shares) > 1 and shares[0][0] == shares[1][0]):
        return None
    return shares[0][1]
