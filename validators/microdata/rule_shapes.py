"""Shapes of what ties variables of one record together: filters between questions, and derivations (U1, D1).

Source:
    DDI Lifecycle 3.3, ``IfThenElse`` and ``GenerationInstruction``; DDI Codebook 2.6, ``universe`` and ``derivation``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rdflib import Literal, URIRef

from semstat.ontology.terms import RDF, SH, SSC
from semstat.validators.microdata.described_files import DescribedVariable, StatedCondition, StatedRule
from semstat.validators.microdata.expression_terms import Cells, kind_of, missing_pattern
from semstat.validators.microdata.expressions import Node, Unreadable, bare_expression, parsed
from semstat.validators.microdata.record_writer import RecordWriter
from semstat.validators.microdata.row_terms import Term, as_json, as_sparql
from semstat.validators.microdata.value_shapes import is_numeric
from semstat.validators.structural.components import parameters

__all__ = ["rule_shapes"]

_RELATIVE = "1e-9"


def rule_shapes(made: RecordWriter) -> None:
    """Add a shape for each filter and each derivation of a variable of a record; what cannot be evaluated is said."""
    for variable in made.record.variables:
        if variable.filter is not None:
            _filter(made, variable, variable.filter)
        elif variable.universe:
            reason = f"the universe of `{variable.name}` is stated in words, which nothing evaluates"
            made.unstated("MD051", variable, "filter", reason)
        for place, rule in enumerate(variable.derivations, 1):
            _derivation(made, variable, rule, f"derivation-{place}")


def _filter(made: RecordWriter, variable: DescribedVariable, rule: StatedRule) -> None:
    places = _Places(made.record.variables, variable)
    try:
        ways = [_all(list(_conditions(places, way))) for way in rule.ways]
        missing = missing_pattern(variable)
    except Unreadable as reason:
        made.unstated("MD051", variable, "filter", f"the filter of `{variable.name}` cannot be evaluated: {reason}")
        return
    said = " or ".join(dict.fromkeys(_worded(way, places) for way in rule.ways))
    passes, there = _any(ways), Term("cell-present", ("1",))
    absent = Term("or", (Term("not", (there,)), Term("cell-matches", ("1", missing))))
    condition = Term("or", (Term("and", (passes, there)), Term("and", (Term("not", (passes,)), absent))))
    message = f"`{variable.name}` has a value if and only if {said}."
    iri = made.on_record("MD051", variable, message, f"there if and only if {said}", part="filter")
    made.derived(iri, rule.iri)
    _put(made, iri, condition, places)


def _conditions(places: "_Places", way: tuple[StatedCondition, ...]) -> Iterator[Term]:
    for condition in way:
        if condition.repeated:
            raise Unreadable("the question stands in a loop, and is put of other units than the record's")
        node, cells = places.read(condition)
        term = cells.truth(node)
        yield term if condition.holds else Term("not", (term,))


def _worded(way: tuple[StatedCondition, ...], places: "_Places") -> str:
    said = [places.said(item) if item.holds else f"not ({places.said(item)})" for item in way]
    return " and ".join(said) if len(said) < 2 else " and ".join(f"({item})" for item in said)


def _all(terms: list[Term]) -> Term:
    found = terms[0]
    for term in terms[1:]:
        found = Term("and", (found, term))
    return found


def _any(terms: list[Term]) -> Term:
    found = terms[0]
    for term in terms[1:]:
        found = Term("or", (found, term))
    return found


def _derivation(made: RecordWriter, variable: DescribedVariable, rule: StatedRule, part: str) -> None:
    places = _Places(made.record.variables, variable)
    try:
        command = _command(rule)
        node, cells = places.read(command)
        value, same = _recomputed(variable, node, cells)
    except Unreadable as reason:
        about = f"the derivation of `{variable.name}` cannot be computed: {reason}"
        made.unstated("MD052", variable, part, about)
        return
    there = Term("choose", (Term("cell-present", ("1",)), same, Term("false")))
    condition = Term("choose", (Term("known", (value,)), there, Term("unknown")))
    said = places.said(command)
    iri = made.on_record("MD052", variable, f"`{variable.name}` is {said}.", said, part=part)
    made.derived(iri, rule.iri)
    _put(made, iri, condition, places)


def _command(rule: StatedRule) -> StatedCondition:
    """Return the command that can be read, of several in several languages."""
    commands = [item for way in rule.ways for item in way]
    if not commands:
        raise Unreadable("it is stated in words")
    return next((item for item in commands if _is_read(item.language)), commands[0])


def _is_read(language: str | None) -> bool:
    return (language or "").strip().casefold().startswith("vtl")


def _recomputed(variable: DescribedVariable, node: Node, cells: Cells) -> tuple[Term, Term]:
    """Return what a derivation yields, and that the cell says the same; a stated number of decimals sets how exactly."""
    kind = kind_of(node)
    own = Node("name", value=_OWN)
    if kind == "truth":
        value = cells.truth(node)
        return value, Term("equal", (cells.truth(own), value))
    if kind == "text" or (kind != "number" and not is_numeric(variable)):
        value = cells.text(node)
        return value, Term("equal", (cells.text(own), value))
    value = cells.number(node)
    apart = Term("abs", (Term("subtract", (cells.number(own), value)),))
    exactly = Term(
        "multiply", (Term("number", (_RELATIVE,)), Term("add", (Term("number", ("1",)), Term("abs", (value,)))))
    )
    if variable.decimals is None:
        return value, Term("least", (apart, exactly))
    half = Term("number", (f"5e-{variable.decimals + 1}",))
    return value, Term("least", (apart, Term("add", (half, exactly))))


_OWN = " "
"""What a variable calls itself among the cells: no expression can."""


@dataclass(slots=True)
class _Places:
    """The variables of a record that conditions name, by place: the one that they are about has place 1."""

    variables: tuple[DescribedVariable, ...]
    own: DescribedVariable
    used: list[DescribedVariable] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.used.append(self.own)

    def read(self, condition: StatedCondition) -> tuple[Node, Cells]:
        """Return an expression as a tree, with the cells that it names.

        Raises:
            Unreadable: it is in another language, or names what no cell of the record holds.
        """
        if not _is_read(condition.language):
            language = f"in {condition.language}" if condition.language else "in a language that is not named"
            raise Unreadable(f"`{condition.text}` is stated {language}, and VTL is read")
        known = self._known(condition)
        node = parsed(condition.text, known)
        return node, Cells(dict(self._cells(node, known)) | {_OWN: (1, self.own)})

    def said(self, condition: StatedCondition) -> str:
        """Return an expression with variables by the names that the data have, parameters being called by numbers."""
        named = {item.iri: item.name for item in self.variables}
        called = {name: named[iri] for name, iri in condition.names if iri in named}
        bare = bare_expression(condition.text)
        if not called:
            return bare
        longest = sorted(called, key=len, reverse=True)
        pattern = rf"[$]?(?<![\w-])({'|'.join(map(re.escape, longest))})(?![\w-])[$]?"
        return re.sub(pattern, lambda found: called[found[1]], bare)

    def _known(self, condition: StatedCondition) -> Mapping[str, URIRef]:
        return {item.name: item.iri for item in self.variables} | dict(condition.names)

    def _cells(self, node: Node, known: Mapping[str, URIRef]) -> Iterator[tuple[str, tuple[int, DescribedVariable]]]:
        if node.operation == "name":
            variable = next((item for item in self.variables if item.iri == known[node.value]), None)
            if variable is None:
                raise Unreadable(f"`{node.value}` is a variable of another file or record")
            if variable not in self.used:
                self.used.append(variable)
            yield node.value, (self.used.index(variable) + 1, variable)
        for part in node.parts:
            yield from self._cells(part, known)


def _put(made: RecordWriter, shape: URIRef, condition: Term, places: _Places) -> None:
    """Put a condition on a shape: as data for the column executor, and as SPARQL that selects the rows that break it."""
    made.writer.add(shape, SSC.rowCondition, Literal(as_json(condition)))
    pairs = ""
    for number, (parameter, variable) in enumerate(parameters([item.iri for item in places.used]), 1):
        made.writer.add(shape, parameter, variable)
        pairs += f" OPTIONAL {{ ?value <{variable}> ?v{number} }}"
    constraint = made.member(shape, "rows")
    made.graph.remove((constraint, RDF.type, None))
    made.writer.add(constraint, RDF.type, SH.SPARQLConstraint)
    # `.?value` without a blank: see the note on pySHACL in validators/structural/components.py.
    assigned, holds = as_sparql(condition)
    body = f"$this a ?class.?value a $this .{pairs} {' '.join(assigned)} FILTER (!{holds})"
    select = f"SELECT $this?value WHERE {{ {body} }}"
    made.writer.add(constraint, SH.select, Literal(select))
    made.writer.add(shape, SH.sparql, constraint)
