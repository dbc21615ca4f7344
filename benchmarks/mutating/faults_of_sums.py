"""Faults of sums: a total of ours over figures of the data and a copy of them, which is right until a figure changes."""

import re
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.term import Node

from mutating.faults_of_representations import as_decimal, unused
from mutating.messages import Message, Statement
from mutating.mutants import Mutant, Premise
from semstat.ontology.terms import RDF, SKOS, SS, SST
from semstat.validators.structural import Sums
from semstat.validators.structural.view import ComponentView

_HIERARCHY = "https://example.org/hierarchy"
_WHOLE_NUMBER = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def _hierarchy(
    message: Message, component: ComponentView, whole: str, parts: list[str]
) -> list[tuple[Node, Node, Node]]:
    """Return a hierarchy of one code and those below it."""
    codes = {
        str(message.graph.value(node, SKOS.notation)): node
        for node in message.graph.subjects(SKOS.inScheme, component.codelist)
    }
    root, top = URIRef(_HIERARCHY), URIRef(f"{_HIERARCHY}/0")
    said = [(root, RDF.type, SST.Hierarchy), (root, SST.hierarchicalCode, top), (top, SST.code, codes[whole])]
    for number, part in enumerate(parts, 1):
        node = URIRef(f"{_HIERARCHY}/{number}")
        said += [(top, SST.hierarchicalCode, node), (node, SST.code, codes[part]), (node, SS.position, Literal(number))]
    return said


def _block(message: Message, place: Statement) -> tuple[int, int] | None:
    """Return the span of the series, or of the observation, that a statement is about; nothing for one of a group."""
    prefix = "generic:" if message.layout == "generic" else ""
    if message.layout == "csv":
        return message.holder(place)
    for name in ("Obs", "Series"):
        begin = message.text.rfind(f"<{prefix}{name}{'>' if prefix else ' '}", message.start, place.whole[0] + 1)
        if begin < 0:
            continue
        closing = "/>" if message.layout == "specific" and name == "Obs" else f"</{prefix}{name}>"
        end = message.text.find(closing, begin) + len(closing)
        if end > place.whole[1]:
            return begin, end
    return None


def _copy(message: Message, block: tuple[int, int], component: str, code: str, factor: int) -> str:
    """Return a block under another code, each figure times a factor."""
    changes = [(place.value, code) for place in message.all_stated(component, block)]
    changes.extend(
        (place.value, f"{Decimal(message.text[slice(*place.value)]) * factor:f}")
        for place in message.all_stated("OBS_VALUE", block)
    )
    text, end = "", block[1]
    for (begin, stop), value in sorted(changes, reverse=True):
        text, end = value + message.text[stop:end] + text, begin
    return message.text[block[0] : end] + text


def _usable(message: Message, component: ComponentView, measure: ComponentView) -> tuple[tuple[int, int], str] | None:
    """Return the first block whose figures all count, and its code."""
    pattern = _WHOLE_NUMBER if measure.text_type in {"BigInteger", "Integer"} else _DECIMAL
    for place in message.all_stated(component.id):
        block = _block(message, place)
        if block is None:
            continue
        figures = [message.text[slice(*item.value)] for item in message.all_stated("OBS_VALUE", block)]
        if figures and all(pattern.fullmatch(figure) for figure in figures):
            return block, message.text[slice(*place.value)]
    return None


def _needs_groups(message: Message) -> bool:
    """Return whether figures of another code would need a group of their own to say what is mandatory."""
    return any(item.mandatory and item.level == "group" for item in message.view.components)


def _planted(message: Message, rule: str) -> Mutant | None:
    measure = message.view.of("OBS_VALUE")
    for component, _, codes in unused(message):
        found = _usable(message, component, measure) if measure and len(codes) > 1 else None
        if measure is None or found is None or _needs_groups(message):
            continue
        (begin, end), code = found
        total, twin = codes[:2]
        gap = "" if message.layout == "csv" else "\n"
        copies = [_copy(message, (begin, end), component.id, name, factor) for name, factor in ((total, 2), (twin, 1))]
        closing = re.compile(r"</[\w:]*DataSet>").search(message.text)
        end = closing.start() if closing else len(message.text)
        basis = message.replaced((end, end), gap + gap.join(copies) + gap)
        premise = as_decimal(message, measure)
        said = (*premise.added, *_hierarchy(message, component, total, [code, twin]))
        premise = Premise(said, premise.removed, (Sums(component.id, _HIERARCHY),))
        return _broken(Message(basis, message.layout, message.view, message.structure, message.graph), rule,
                       (end + len(gap), len(copies[0]), len(gap), len(copies[1])), premise)  # fmt: skip
    return None


def _broken(message: Message, rule: str, spans: tuple[int, int, int, int], premise: Premise) -> Mutant | None:
    """Change a figure of the total (DF026), or take the twin away (DF027)."""
    begin, length, gap, twin = spans
    place = message.stated("OBS_VALUE", (begin, begin + length))
    if place is None:
        return None
    if rule == "DF026":
        text = message.replaced(place.value, f"{Decimal(message.text[slice(*place.value)]) + 1:f}")
        return Mutant(rule, "OBS_VALUE", place.line, text, premise=premise, basis=message.text)
    start = begin + length + gap
    return Mutant(
        rule,
        "OBS_VALUE",
        place.line,
        message.replaced((start, start + twin), ""),
        frozenset({rule}),
        premise,
        message.text,
    )


def wrong_total(message: Message) -> Mutant | None:
    """Change a total by one."""
    return _planted(message, "DF026")


def missing_part(message: Message) -> Mutant | None:
    """Take away what a total is in part made of."""
    return _planted(message, "DF027")
