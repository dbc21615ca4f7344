"""Variables of several files that represent the same: their codes and labels have to be the same (C1).

Source:
    GSIM 2.0, *Instance Variable takes meaning from Represented Variable*; DDI Lifecycle 3.3, ``RepresentedVariableReference``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import URIRef

from semstat.validators.diagnostics import Diagnostic, Location, Severity
from semstat.validators.microdata.conventions import is_system_missing, lists_every_value
from semstat.validators.microdata.described_files import DescribedFile, DescribedVariable
from semstat.validators.producer_conventions import USUAL
from semstat.validators.rules import finding

__all__ = ["Shared", "list_findings", "shared_variables"]


@dataclass(frozen=True, slots=True)
class Shared:
    """A variable of one file, one of another that it represents the same with, and whether that was only concluded."""

    own: DescribedVariable
    other: DescribedVariable
    file: DescribedFile
    is_inferred: bool


def shared_variables(
    file: DescribedFile, files: Sequence[DescribedFile], meanings: Mapping[URIRef, URIRef]
) -> Iterator[Shared]:
    """Yield the variables of a file with those of other files that represent the same, where one of the two lists codes.

    Args:
        file: The file.
        files: All files that are described.
        meanings: The represented variables that were concluded from names and labels, with the conceptual variable behind
            each: equal names and labels with other codes make another represented variable, and that is looked for.
    """
    for own in file.variables:
        if own.represented is None:
            continue
        meant = meanings.get(own.represented, own.represented)
        for there in files:
            for other in there.variables if there.iri != file.iri else ():
                same = other.represented is not None and meanings.get(other.represented, other.represented) == meant
                if same and (_listed(own) or _listed(other)):
                    yield Shared(own, other, there, own.represented in meanings)


def list_findings(pairs: Sequence[Shared], where: Location, places: Mapping[URIRef, Location]) -> Iterator[Diagnostic]:
    """Yield the codes of a variable that another file does not list, lists beside them, or labels otherwise.

    Args:
        pairs: Variables that represent the same.
        where: The data file of the first of each pair.
        places: Where the documentation describes each variable.
    """
    for pair in pairs:
        mine, theirs = _listed(pair.own), _listed(pair.other)
        there = f"`{pair.other.name}` in `{pair.file.name or pair.file.identifier}`"
        for code in [*mine, *(code for code in theirs if code not in mine)]:
            if pair.is_inferred and not _is_complete(pair, code):
                continue
            said = _difference(code, mine.get(code), theirs.get(code), pair.own.name, there)
            if said is not None:
                message, value, expected = said
                item = finding(
                    "MD053",
                    message,
                    replace(where, path=pair.own.name),
                    severity=Severity.INFO if pair.is_inferred else None,
                    value=value,
                    expected=expected,
                )
                related = [places[node] for node in (pair.own.iri, pair.other.iri) if node in places]
                yield replace(item, related=tuple(related))


def _is_complete(pair: Shared, code: str) -> bool:
    """Tell whether a code is in both lists, or the list without it is exhaustive: others need not name every value."""
    return all(code in _listed(item) or lists_every_value(item, USUAL) for item in (pair.own, pair.other))


def _listed(variable: DescribedVariable) -> dict[str, frozenset[str]]:
    """Return the codes of a variable with the texts of their labels; what stands for no value is no code."""
    return {
        code.value.strip(): frozenset(" ".join(text.split()) for text, _ in code.labels if text.strip())
        for code in variable.codes
        if not is_system_missing(code.value)
    }


def _difference(
    code: str, mine: frozenset[str] | None, theirs: frozenset[str] | None, name: str, there: str
) -> tuple[str, str, str] | None:
    if theirs is None:
        return f"the code `{code}` of `{name}` is not listed for {there}, which represents the same", code, "one list"
    if mine is None:
        return (
            f"the code `{code}` is not listed for `{name}`, and is for {there}, which represents the same",
            code,
            "one list",
        )
    if mine and theirs and {text.casefold() for text in mine}.isdisjoint(text.casefold() for text in theirs):
        said, other = (" or ".join(sorted(texts)) for texts in (mine, theirs))
        return f"the code `{code}` of `{name}` means `{said}`, and `{other}` for {there}", said, other
    return None
