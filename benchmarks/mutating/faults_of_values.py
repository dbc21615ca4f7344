"""Faults of single values: taken away, replaced, or at odds with another statement of theirs."""

from collections.abc import Callable

from mutating.messages import Message
from mutating.mutants import KEY, WRONG, Mutant, first
from semstat.validators.structural.view import ComponentView


def put(
    message: Message, rule: str, wanted: Callable[[ComponentView], bool], value: str, follows: frozenset[str]
) -> Mutant | None:
    found = first(message, wanted)
    if found is None:
        return None
    component, place = found
    return Mutant(rule, component, place.line, message.replaced(place.value, value), follows)


def coded(role: str) -> Callable[[ComponentView], bool]:
    return lambda item: item.role == role and item.codes is not None and item.id not in {"FREQ", "OBS_STATUS"}


def plain_number(item: ComponentView) -> bool:
    return item.role == "measure" and item.text_type not in {None, "String"}


_CARRIERS = ("Obs>", "Series>", "Group ")


def missing(message: Message, wanted: Callable[[ComponentView], bool], rule: str) -> Mutant | None:
    """Withdraw a value. The finding stands where the element is that should have stated it."""
    found = first(message, wanted)
    if found is None:
        return None
    component, place = found
    line = place.line
    if message.layout == "generic":
        line = message.line(max(message.text.rfind(f"<generic:{part}", 0, place.whole[0]) for part in _CARRIERS))
    return Mutant(rule, component, line, message.replaced(place.whole, ""), KEY)


def inconstant(message: Message) -> Mutant | None:
    """Change an attribute of the series on the second of its observations, where each observation states it."""
    spans = message.observations()[:2]
    if "Series>" in message.text[message.start :]:
        return None
    for item in message.view.components:
        places = [message.stated(item.id, span) for span in spans if item.level == "series" and item.codes is None]
        if len(places) == 2 and places[0] and places[1]:
            return Mutant("DF010", item.id, places[1].line, message.replaced(places[1].value, "7"))
    return None


def stated_twice(message: Message) -> Mutant | None:
    """Let an observation contradict its series on a part of the key; the finding stands at the observation."""
    span = message.observations()[0]
    found = first(message, coded("dimension"))
    if message.layout != "specific" or found is None or message.stated(found[0], span):
        return None
    place = span[0] + len("<Obs")
    added = message.replaced((place, place), f' {found[0]}="{WRONG}"')
    return Mutant("DF028", found[0], message.line(place), added, KEY | {"DF004"})
