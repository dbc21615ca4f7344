"""Labels of variables and codes: each code once, each label given and unlike the others, and as the data file has it (V7).

Source:
    DDI Codebook 2.6, ``var/labl`` and ``catgry/labl``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from rdflib import URIRef

from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.microdata.conventions import declared_missing, is_system_missing, stretches
from semstat.validators.microdata.data_table import DataColumn
from semstat.validators.microdata.described_files import DescribedCode, DescribedVariable
from semstat.validators.microdata.patterns import code_pattern
from semstat.validators.predicates import Matches
from semstat.validators.rules import finding

__all__ = ["label_findings"]


def label_findings(
    variable: DescribedVariable, column: DataColumn | None, where: Location, places: Mapping[URIRef, Location]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the labels of a variable, in the documentation and against those of the data file.

    Args:
        variable: What the documentation says.
        column: What a file that carries labels says; ``None`` where its format has none.
        where: The data file.
        places: Where the nodes of the documentation stand.
    """
    said = [*_own(variable), *(_against(variable, column) if column is not None else [])]
    for node, message, value, expected in said:
        place = places.get(node)
        item = finding("MD027", message, replace(where, path=variable.name), value=value, expected=expected)
        yield item if place is None else replace(item, related=(place,))


_Said = tuple[URIRef, str, str | None, str | None]


def _own(variable: DescribedVariable) -> Iterator[_Said]:
    if not _first(variable.labels):
        yield variable.iri, f"the variable `{variable.name}` has no label", None, "a label"
    codes = [code for code in variable.codes if not is_system_missing(code.value)]
    for value, number in Counter(code.value for code in codes).items():
        if number > 1:
            node = [code.iri for code in codes if code.value == value][-1]
            yield node, f"the code `{value}` of `{variable.name}` is listed {number} times", value, "each code once"
    texts: dict[str, DescribedCode] = {}
    for code in codes:
        label = _first(code.labels)
        if not label:
            yield code.iri, f"the code `{code.value}` of `{variable.name}` has no label", code.value, "a label"
        elif label in texts and texts[label].value != code.value:
            message = (
                f"the codes `{texts[label].value}` and `{code.value}` of `{variable.name}` have one label, `{label}`"
            )
            yield code.iri, message, label, "a label of its own"
        texts.setdefault(label, code)


def _first(labels: tuple[tuple[str, str | None], ...]) -> str:
    return next((text.strip() for text, _ in labels if text.strip()), "")


def _texts(labels: tuple[tuple[str, str | None], ...]) -> set[str]:
    return {" ".join(text.split()) for text, _ in labels if text.strip()}


def _against(variable: DescribedVariable, column: DataColumn) -> Iterator[_Said]:
    said = _texts(variable.labels)
    own = " ".join((column.label or "").split())
    if own and said and own not in said:
        message = f"the data file labels `{variable.name}` with `{own}`"
        yield variable.iri, message, own, " or ".join(sorted(said))
    for code in variable.codes:
        if is_system_missing(code.value):
            continue
        label, texts = _of_code(code, column), _texts(code.labels)
        if label and texts and label not in texts:
            message = f"the data file labels the code `{code.value}` of `{variable.name}` with `{label}`"
            yield code.iri, message, label, " or ".join(sorted(texts))
    yield from _missing(variable, column)


def _of_code(code: DescribedCode, column: DataColumn) -> str:
    same = Matches("", code_pattern(code.value))
    return next((" ".join(text.split()) for value, text in column.labels.items() if same.holds({"": [value]})), "")


def _missing(variable: DescribedVariable, column: DataColumn) -> Iterator[_Said]:
    """The documentation decides what is missing; what the file declares otherwise is worth a word."""
    if not column.missing and not declared_missing(variable):
        return
    patterns = [Matches("", code_pattern(code)) for code in declared_missing(variable)]
    ranges = {(item.low, item.high) for item in stretches(variable)}
    for low, high in column.missing:
        known = any(pattern.holds({"": [low]}) for pattern in patterns) if low == high else (low, high) in ranges
        if not known:
            value = low if low == high else f"{low} to {high}"
            message = f"the data file declares `{value}` of `{variable.name}` missing, and its documentation does not"
            yield variable.iri, message, value, "the missing values of the documentation"
