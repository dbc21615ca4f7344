"""Faults against what a structure says of single values: facets, how many there are, and when a code is valid.

Where the structure of the real data says nothing of the kind, the operator lays down what the data keep to.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from math import ceil, floor

from rdflib import Literal, URIRef
from rdflib.term import Node

from mutating.messages import Message, Statement
from mutating.mutants import KEY, NOTHING, Mutant, Premise, first
from semstat.ontology.terms import SKOS, SS, SST
from semstat.validators.structural.datatypes import text_type
from semstat.validators.structural.view import ComponentView


def holder(message: Message, component: ComponentView) -> tuple[Node, tuple[tuple[Node, Node, Node], ...]]:
    """Return the representation of a component, and the statement that it has one, where that is new."""
    found = message.graph.value(component.iri, SST.representation)
    if found is not None:
        return found, ()
    made = URIRef(f"{component.iri}#representation")
    return made, ((component.iri, SST.representation, made),)


def as_decimal(message: Message, component: ComponentView) -> Premise:
    """Return the premise that a component takes decimals; nothing where its type is one of numbers already."""
    kind = text_type(component.text_type)
    if kind is not None and kind.is_numeric:
        return NOTHING
    node, new = holder(message, component)
    old = tuple((node, SST.textType, value) for value in message.graph.objects(node, SST.textType))
    return Premise((*new, (node, SST.textType, Literal("Decimal"))), old)


def _numbers(message: Message, component: str) -> list[Decimal] | None:
    """Return the values of a component as numbers; nothing where one of them is none."""
    try:
        numbers = [Decimal(value) for value in message.values(component)]
    except InvalidOperation:
        return None
    return numbers if numbers and all(item.is_finite() for item in numbers) else None


def _measure(message: Message) -> tuple[ComponentView, Statement, list[Decimal]] | None:
    for item in message.view.components:
        place = message.stated(item.id) if item.role == "measure" and item.codes is None else None
        numbers = _numbers(message, item.id) if place else None
        if place and numbers:
            return item, place, numbers
    return None


def _broken(message: Message, facet: str, limit: Callable[[list[Decimal]], tuple[str, str]]) -> Mutant | None:
    """Lay down a limit that the numbers of the measure keep to, and put a number beyond it."""
    found = _measure(message)
    if found is None or facet in found[0].facets:
        return None
    component, place, numbers = found
    kept, beyond = limit(numbers)
    premise = as_decimal(message, component)
    node, new = holder(message, component)
    added = dict.fromkeys((*premise.added, *new, (node, _FACETS[facet], Literal(kept))))
    return Mutant(
        "DF006",
        component.id,
        place.line,
        message.replaced(place.value, beyond),
        premise=Premise(tuple(added), premise.removed),
    )


_FACETS = {"maxValue": SST.maxValue, "minValue": SST.minValue, "decimals": SST.decimals}


def above_maximum(message: Message) -> Mutant | None:
    """Put a number above the greatest."""
    return _broken(message, "maxValue", lambda numbers: (f"{max(numbers):f}", f"{ceil(max(numbers)) + 1}"))


def below_minimum(message: Message) -> Mutant | None:
    """Put a number below the least."""
    return _broken(message, "minValue", lambda numbers: (f"{min(numbers):f}", f"{floor(min(numbers)) - 1}"))


def too_precise(message: Message) -> Mutant | None:
    """Put a number with a decimal place more than any other, where the type has decimals."""
    found = _measure(message)
    if found is None or text_type(found[0].text_type or "String") in map(text_type, _WHOLE):
        return None
    return _broken(message, "decimals", lambda numbers: (str(_places(numbers)), f"0.{'1' * (_places(numbers) + 1)}"))


_WHOLE = ("BigInteger", "Integer", "Long", "Short", "Count")


def _places(numbers: list[Decimal]) -> int:
    return max(0, *(-int(item.as_tuple().exponent) for item in numbers))


def too_long(message: Message) -> Mutant | None:
    """Put a text longer than the structure allows, or than any other where it allows any."""
    for item in message.view.components:
        if item.is_dimension or item.codelist is not None or item.text_type not in {None, "String"}:
            continue
        place = message.stated(item.id)
        if place is None or "pattern" in item.facets:
            continue
        most = int(item.facets.get("maxLength", max(map(len, message.values(item.id)))))
        node, new = holder(message, item)
        added = (*new, (node, SST.maxLength, Literal(str(most))))
        premise = NOTHING if "maxLength" in item.facets else Premise(added)
        text = message.replaced(place.value, "x" * (most + 1))
        return Mutant("DF006", item.id, place.line, text, KEY, premise)
    return None


def two_values(message: Message) -> Mutant | None:
    """Give two values of an attribute that takes one, as messages of SDMX 3 can (SDMX-ML 3.0, element *Comp*)."""
    observations = message.observations()
    if message.layout != "specific" or "/v3_" not in message.text or not observations:
        return None
    span = observations[0]
    for item in message.view.components:
        place = message.stated(item.id, span) if item.role == "attribute" and item.codes else None
        if place is None:
            continue
        value = message.text[slice(*place.value)]
        other = next(code for code in item.codes or () if code != value)
        values = f"<Value>{value}</Value><Value>{other}</Value>"
        tag = message.text[span[0] : place.whole[0]] + message.text[place.whole[1] : span[1] - 2]
        given = f'{tag}><Comp id="{item.id}">{values}</Comp></Obs>'
        return Mutant("DF024", item.id, message.line(span[0]), message.replaced(span, given))
    return None


def unused(message: Message) -> Iterator[tuple[ComponentView, Statement, list[str]]]:
    """Yield each coded dimension of the data with its first statement and the codes that the data do not use.

    Codes that a constraint of the publisher excludes are left out, and those that another component uses of the same list.
    """
    for item in message.view.dimensions:
        place = message.of_observations(item.id) if item.codes and item is not message.view.frequency else None
        if place is not None:
            alike = [other.id for other in message.view.components if other.codelist == item.codelist]
            used = {value for name in alike for value in message.values(name)}
            allowed = _allowed(message, item.id)
            free = [code for code in item.codes or () if code not in used and "," not in code]
            yield item, place, [code for code in free if not allowed or code in allowed]


def _allowed(message: Message, component: str) -> set[str]:
    """Return the values that constraints of the publisher name for a component."""
    graph = message.graph
    selections = graph.subjects(SST.componentId, Literal(component))
    return {str(value) for selection in selections for value in graph.objects(selection, SST.value)}


def out_of_date(message: Message) -> Mutant | None:
    """Put a code that was valid until long before the data."""
    for item, place, codes in unused(message):
        for node in message.graph.subjects(SKOS.inScheme, item.codelist):
            if codes and str(message.graph.value(node, SKOS.notation)) == codes[0]:
                premise = Premise(((node, SS.validTo, Literal("1900")),))
                return Mutant("DF025", item.id, place.line, message.replaced(place.value, codes[0]), KEY, premise)
    return None


def first_of(message: Message, role: str) -> tuple[str, Statement] | None:
    """Return the first component of a role without a code list, and where it is stated."""
    return first(message, lambda item: item.role == role and item.codes is None)
