"""Shapes from a described record: what its documentation demands of its rows, as one SHACL shapes graph.

Like the shapes of structures they bear a rule, state the fact and what was expected; what cannot be stated becomes a
deactivated shape that says why. Rows are instances of their kind of record, each value a literal of its variable.
"""

from collections.abc import Sequence

from rdflib import Graph, Literal

from semstat.ontology.terms import SH, SSC, XSD
from semstat.validators.microdata.case_components import (
    REFERENCED,
    UNIQUE,
    declare_case_count,
    declare_referenced,
    declare_unique,
    target,
)
from semstat.validators.microdata.conventions import decimal
from semstat.validators.microdata.described_files import DescribedRecord, DescribedVariable
from semstat.validators.microdata.patterns import NOTHING
from semstat.validators.microdata.plan import SetApart
from semstat.validators.microdata.record_writer import RecordWriter, boolean
from semstat.validators.microdata.rule_shapes import rule_shapes
from semstat.validators.microdata.statistic_shapes import add_statistic, statistic_shapes
from semstat.validators.microdata.value_shapes import value_shapes
from semstat.validators.producer_conventions import USUAL, Conventions
from semstat.validators.structural.components import marker, parameters

__all__ = ["Reference", "record_shapes"]

Reference = tuple[DescribedRecord, Sequence[DescribedVariable], Sequence[DescribedVariable]]
"""Another kind of record, with the variables that refer to it and those of its own that these must agree with."""


def record_shapes(
    record: DescribedRecord,
    *,
    cases: int | None = None,
    references: Sequence[Reference] = (),
    conventions: Conventions = USUAL,
) -> Graph:
    """Return the shapes of one kind of record.

    Args:
        record: What the documentation says of it.
        cases: How many there are said to be; ``None`` where that is not said of this kind alone.
        references: The kinds of records that it refers to, as far as they are at hand.
        conventions: How the producer counts.
    """
    made = RecordWriter.of(record)
    if cases is not None:
        _count(made, cases)
    _key(made)
    for place, reference in enumerate(references, 1):
        _reference(made, reference, place)
    value_shapes(made, conventions)
    statistic_shapes(made, conventions)
    rule_shapes(made)
    _weights(made)
    return made.graph


def _count(made: RecordWriter, cases: int) -> None:
    declare_case_count(made.graph)
    iri = made.on_record("MD002", None, f"The file has {cases} records.", f"{cases} records", part="cases")
    made.writer.add(iri, SSC.caseCount, Literal(str(cases), datatype=XSD.integer))


def _key(made: RecordWriter) -> None:
    known = {item.name: item for item in reversed(made.record.variables)}
    key = [known[name] for name in made.record.key if name in known]
    absent = [name for name in made.record.key if name not in known]
    if absent:
        made.unstated("MD011", None, "key", f"`{absent[0]}` is part of the key and no variable of the record")
    elif key:
        declare_unique(made.graph, len(key))
        names = ", ".join(f"`{item.name}`" for item in key)
        about = key[0] if len(key) == 1 else None
        iri = made.on_record(
            "MD011", about, f"No two records have the same {names}.", f"{names} of its own", part="key"
        )
        made.writer.add(iri, marker(UNIQUE, len(key)), boolean(value=True))
        for parameter, variable in parameters([item.iri for item in key]):
            made.writer.add(iri, parameter, variable)
        for part in key:
            made.complete("MD011", part, f"Every record has a value of `{part.name}`, which is part of its key.")


def _reference(made: RecordWriter, reference: Reference, place: int) -> None:
    record, own, theirs = reference
    declare_referenced(made.graph, len(own))
    names = ", ".join(f"`{item.name}`" for item in own)
    expected = f"a record with the same {', '.join(item.name for item in theirs)} in the file referred to"
    about = own[0] if len(own) == 1 else None
    message = f"What {names} refers to is there."
    iri = made.on_record("MD012", about, message, expected, part=f"reference-{place}")
    made.writer.add(iri, marker(REFERENCED, len(own)), boolean(value=True))
    made.writer.add(iri, SSC.referencedRecord, record.iri)
    for parameter, variable in parameters([item.iri for item in own]):
        made.writer.add(iri, parameter, variable)
    for number, item in enumerate(theirs, 1):
        made.writer.add(iri, target(number), item.iri)


def _weights(made: RecordWriter) -> None:
    used = {item.weight for item in made.record.variables} | {
        figure.weight for item in made.record.variables for figure in item.statistics
    }
    for weight in made.record.variables:
        if weight.is_weight or weight.name in used:
            iri = made.on_values(
                "MD041", weight, f"The weight `{weight.name}` is not negative.", "a weight of 0 or more"
            )
            made.writer.add(iri, SH.minInclusive, Literal("0", datatype=XSD.decimal))
            made.complete("MD041", weight, f"Every record has a weight `{weight.name}`.")
            _sum(made, weight)


def _sum(made: RecordWriter, weight: DescribedVariable) -> None:
    """The weighted number of valid cases of a variable without invalid ones is the sum of the weights."""
    for variable in made.record.variables:
        plain = {item.kind: item.value for item in variable.statistics if not item.weighted}
        if decimal(plain.get("invalid")) != 0:
            continue
        for figure in variable.statistics:
            named = figure.weight or variable.weight
            if (
                figure.weighted
                and figure.kind == "valid"
                and named == weight.name
                and decimal(figure.value) is not None
            ):
                message = f"The weights `{weight.name}` add up to {figure.value}."
                expected = f"a sum of {figure.value}, the weighted number of valid cases of {variable.name}"
                iri = made.on_record("MD041", weight, message, expected, part="sum")
                nothing = SetApart(NOTHING, "1", "0", absent=False)
                add_statistic(made, iri, weight, "Weight", figure.value, nothing, others=True, weight=weight)
                return
