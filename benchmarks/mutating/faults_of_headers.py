"""Faults of what a message says of its data: names, structure, reporting period, embargo, sender."""

import re

from rdflib import Literal, URIRef
from rdflib.term import Node

from mutating.messages import LAYOUTS, Message
from mutating.mutants import KEY, WRONG, Mutant, Premise
from semstat.ontology.terms import RDF, SS, SST
from semstat.validators.structural.view import ComponentView


def header(message: Message, pattern: str, by: str, rule: str) -> Mutant | None:
    """Change a name in the opening tag of the dataset, or of the group, that has the finding's line."""
    found = re.compile(pattern).search(message.text, message.start) if message.layout != "csv" else None
    if found is None:
        return None
    # A dataset whose action is unknown is judged as one that has to be complete.
    return Mutant(
        rule, None, message.line(found.start()), message.replaced(found.span(1), by), frozenset({"DF003", "DF013"})
    )


def other_structure(message: Message) -> Mutant | None:
    """Let the message name a structure that is not at hand, wherever it is named before the data."""
    if message.layout == "csv":
        return None
    named = re.compile(r'(?<=id=")' + re.escape(message.structure) + r'(?=")')
    if not named.search(message.text, 0, message.start):
        return None
    text = named.sub(WRONG, message.text[: message.start]) + message.text[message.start :]
    return Mutant("DF013", None, message.line(message.start), text)


def _with_header(message: Message, *said: tuple[str, str]) -> str | None:
    """Return the text with statements in its header, in place of those of the same name; nothing for a table."""
    found = re.compile(r"</(\w+:)?Header>").search(message.text)
    if message.layout == "csv" or found is None:
        return None
    text, prefix = message.text, found[1] or ""
    for name, value in said:
        old = re.compile(rf"<{prefix}{name}>[^<]*</{prefix}{name}>").search(text)
        element = f"<{prefix}{name}>{value}</{prefix}{name}>"
        place = old.span() if old else (text.index(f"</{prefix}Header>"),) * 2
        text = text[: place[0]] + element + text[place[1] :]
    return text


def _again(message: Message, text: str) -> Message:
    return Message(text, message.layout, message.view, message.structure, message.graph)


def outside_reported(message: Message) -> Mutant | None:
    """Put a period long before the begin that the header states."""
    time = message.view.time
    years = sorted(value[:4] for value in message.values(time.id)) if time else []
    if time is None or not years:
        return None
    basis = _with_header(message, ("ReportingBegin", f"{years[0]}-01-01"), ("ReportingEnd", f"{years[-1]}-12-31"))
    place = _again(message, basis).stated(time.id) if basis else None
    if basis is None or place is None:
        return None
    begin = place.value[0]
    text = f"{basis[:begin]}1800{basis[begin + 4 :]}"
    return Mutant("DF029", time.id, place.line, text, KEY, basis=basis)


_BEGIN = re.compile(r"<(?:\w+:)?ReportingBegin>")


def date_misspelt(message: Message) -> Mutant | None:
    """Let the header say that what is reported begins soon."""
    return _dated(message, "DF038", ("ReportingBegin", "soon"))


def dates_exchanged(message: Message) -> Mutant | None:
    """Let the header say that what is reported begins after its end."""
    return _dated(message, "DF039", ("ReportingBegin", "2999-01-01"), ("ReportingEnd", "1800-01-01"))


def _dated(message: Message, rule: str, *said: tuple[str, str]) -> Mutant | None:
    text = _with_header(message, *said)
    begin = _BEGIN.search(text) if text is not None else None
    if text is None or begin is None:
        return None
    return Mutant(rule, "reportingBeginDate", text.count("\n", 0, begin.start()) + 1, text, frozenset({"DF029"}))


_STATUS = "CONF_STATUS"


def not_restricted(message: Message) -> Mutant | None:
    """Put a status of free figures under an embargo, where all others are restricted; the status is an attribute of ours."""
    begun = _with_header(message, ("EmbargoDate", "2999-01-01T00:00:00"))
    if begun is None or message.view.of(_STATUS):
        return None
    iri = URIRef(f"{message.view.iri}/{_STATUS}")
    added: tuple[tuple[Node, Node, Node], ...] = (
        (message.view.iri, SST.component, iri),
        (iri, RDF.type, SST.Attribute),
        (iri, SS.identifier, Literal(_STATUS)),
        (iri, SS.position, Literal(999)),
        (iri, SST.attachmentLevel, Literal("observation")),
    )
    basis, last = begun, len(begun)
    for begin, end in reversed(_again(message, begun).observations()):
        basis = basis[:begin] + _restricted(basis[begin:end], message.layout) + basis[end:last] + basis[last:]
    place = _again(message, basis).stated(_STATUS)
    if place is None:
        return None
    text = basis[: place.value[0]] + "F" + basis[place.value[1] :]
    return Mutant("DF032", _STATUS, place.line, text, premise=Premise(added), basis=basis)


def _restricted(observation: str, layout: str) -> str:
    if layout == "specific":
        return f'<Obs {_STATUS}="N"{observation[len("<Obs") :]}'
    value, closing = f'<generic:Value id="{_STATUS}" value="N"/>', "</generic:Attributes>"
    if closing in observation:
        return observation.replace(closing, value + closing)
    ending = "</generic:Obs>"
    return observation.replace(ending, f"<generic:Attributes>{value}{closing}{ending}")


def area_of_another(message: Message) -> Mutant | None:
    """Put an area that the sender, to whom those of the data are given, may not report on."""
    sender = re.compile(r'<(?:\w+:)?Sender id="([^"]+)"').search(message.text)
    place = message.stated("REF_AREA")
    if sender is None or place is None:
        return None
    premise = Premise(areas=((sender[1], tuple(message.values("REF_AREA"))),))
    return Mutant("DF033", "REF_AREA", place.line, message.replaced(place.value, "ELSEWHERE"), KEY, premise)


def nothing_updated(message: Message) -> Mutant | None:
    """Take every value of an observation away, in a message that appends."""
    if message.layout == "csv":
        return None if ",ACTION," not in message.text[: message.start] else _emptied(message, None)
    found = re.compile(LAYOUTS[message.layout].data).search(message.text, message.start)
    tag = message.text[found.start() : message.text.index(">", found.start())] if found else ""
    if found is None:
        return None
    stated = re.compile(r'action="\w+"')
    changed = stated.sub('action="Append"', tag) if stated.search(tag) else f'{tag} action="Append"'
    text = message.text[: found.start()] + changed + message.text[found.start() + len(tag) :]
    basis = _without(_again(message, text), *(item.id for item in message.view.components if _is_shared(item)))
    return _emptied(_again(message, basis), basis)


def _is_shared(item: ComponentView) -> bool:
    return item.role == "attribute" and item.level in {"dataset", "group", "series"}


def _without(message: Message, *components: str) -> str:
    """Return the text without any statement of some components."""
    places = [place.whole for name in components for place in message.all_stated(name)]
    text = message.text
    for begin, end in sorted(places, reverse=True):
        text = text[:begin] + text[end:]
    return text


def _emptied(message: Message, basis: str | None) -> Mutant | None:
    span = message.observations()[0]
    text, line = message.text, message.line(span[0])
    if message.stated("OBS_VALUE", span) is None and message.layout != "csv":
        return None
    places = [
        place
        for item in message.view.components
        if not item.is_dimension and (place := message.stated(item.id, span)) is not None
    ]
    for place in sorted(places, key=lambda item: item.whole, reverse=True):
        text = text[: place.whole[0]] + text[place.whole[1] :]
    text = text.replace("<generic:Attributes></generic:Attributes>", "")
    return Mutant("DF019", None, line, text, KEY, basis=basis)


def attached_to_part(message: Message) -> Mutant | None:
    """Let a record that names a part of the key state an attribute of observations, in the table as SDMX-CSV 2.0."""
    time = message.view.time
    wanted = (item for item in message.view.components if item.level == "observation" and message.stated(item.id))
    item = next(wanted, None)
    if message.layout != "csv" or not message.text.startswith("DATAFLOW,") or time is None or item is None:
        return None
    head, *records = message.text.splitlines()
    lines = [head.replace("DATAFLOW,", "STRUCTURE,STRUCTURE_ID,", 1), *(f"dataflow,{record}" for record in records)]
    columns = lines[0].split(",")
    emptied = {
        time.id,
        *(other.id for other in message.view.components if not other.is_dimension and other is not item),
    }
    row = ["" if name in emptied else field for name, field in zip(columns, lines[-1].split(","), strict=True)]
    basis = "\n".join([*lines, ""])
    return Mutant("DF023", item.id, len(lines) + 1, f"{basis}{','.join(row)}\n", basis=basis)
