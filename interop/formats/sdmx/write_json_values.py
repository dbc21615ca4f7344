"""Values of SDMX-JSON data made from columns: numbers of listed values, or values in place."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from rdflib import Literal, URIRef

from semstat.interop.formats.outgoing import Outgoing
from semstat.interop.formats.text_columns import map_text
from semstat.interop.formats.text_output import plain
from semstat.ontology.access import iris, text
from semstat.ontology.identifiers import is_identifier
from semstat.ontology.terms import SKOS, SST
from semstat.validators.observations import LANGUAGE_MARK, PART_SEPARATOR, VERSION_SEPARATOR
from semstat.validators.structural.datatypes import TEXT_TYPES
from semstat.validators.structural.view import ComponentView

__all__ = ["Values", "names_of_concept", "quoted"]

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def quoted(value: object) -> str:
    """Return a value as JSON, letters as they are.

    Example:
        >>> quoted({"en": "é"})
        '{"en":"é"}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Values:
    """The values of one component: a dimension's and a coded component's are listed once and named by number.

    Any other value stands in place: as a number in the digits that it has, where the component is numeric and the digits are
    those of JSON, else as text. Several values are an array in place, and a text in languages is an object of its versions.

    Args:
        dataset: The dataset.
        item: The component.
    """

    def __init__(self, dataset: Outgoing, item: ComponentView) -> None:
        self._several = item.id in dataset.multivalued
        self.listed = item.is_dimension or (item.codelist is not None and not self._several)
        self._coded = item.codelist is not None
        known = TEXT_TYPES.get(item.text_type or "String")
        self._numeric = known is not None and known.is_numeric
        self._places: dict[str, int] = {}
        self._labels = _labels(dataset, item) if self.listed and self._coded else {}

    def number(self, column: pa.Array) -> pa.Array:
        """Return the numbers of listed values, as text."""
        return plain(map_text(column, lambda value: str(self._places.setdefault(value, len(self._places)))))

    def write(self, column: pa.Array, languages: pa.Array | None = None) -> pa.Array:
        """Return the values as JSON, in their languages where these are given; ``null`` for absent ones."""
        made = self.number(column) if self.listed else plain(map_text(column, self._in_place))
        if languages is not None and not self.listed:
            made = pc.coalesce(plain(map_text(languages, self._in_languages)), made)
        return made.fill_null("null")

    def _in_languages(self, cell: str) -> str:
        parts = [_versions(part) for part in cell.split(PART_SEPARATOR)]
        return quoted(parts if self._several else parts[0])

    def _in_place(self, cell: str) -> str:
        if self._several:
            return f"[{','.join(self._single(part) for part in cell.split(PART_SEPARATOR))}]"
        return self._single(cell)

    def _single(self, value: str) -> str:
        # An array's items are of one kind (valueArray), which digits that are not those of JSON would break.
        is_number = self._numeric and not self._several and _NUMBER.fullmatch(value)
        return value if is_number else quoted(value)

    def as_list(self) -> list[dict[str, Any]]:
        """Return the listed values: codes and what looks like one with id and name, others as values."""
        return [self._entry(value) for value in self._places]

    def _entry(self, value: str) -> dict[str, Any]:
        if not self._coded or not is_identifier(value):
            return {"value": value}
        names = self._labels.get(value) or {}
        entry: dict[str, Any] = {"id": value, "name": next(iter(names.values()), value)}
        return entry | ({"names": dict(names)} if names else {})


def _versions(part: str) -> dict[str, str]:
    """Return a part's texts by language; one without a language has the tag for an undetermined one."""
    versions = (version.rpartition(LANGUAGE_MARK) for version in part.split(VERSION_SEPARATOR))
    return {language or "und": said for language, _, said in versions}


def _labels(dataset: Outgoing, item: ComponentView) -> Mapping[str, Mapping[str, str]]:
    graph = dataset.graph
    codes = iris(graph, None, SKOS.inScheme, item.codelist) if item.codelist is not None else []
    return {text(graph, code, SKOS.notation): _texts(dataset, code) for code in codes}


def names_of_concept(dataset: Outgoing, item: ComponentView) -> Mapping[str, str]:
    """Return the names of a component, which are those of its concept, by language."""
    for concept in iris(dataset.graph, item.iri, SST.conceptIdentity):
        return _texts(dataset, concept)
    return {}


def _texts(dataset: Outgoing, node: URIRef) -> dict[str, str]:
    """Return a node's labels by language, English first, as the best match that a message names without being asked."""
    labels = [label for label in dataset.graph.objects(node, SKOS.prefLabel) if isinstance(label, Literal)]
    found = {label.language or "en": str(label) for label in labels}
    return {language: found[language] for language in sorted(found, key=lambda language: (language != "en", language))}
