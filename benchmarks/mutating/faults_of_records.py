"""Faults of whole records: repeated, lost, out of place, with a part too many."""

from mutating.messages import Message
from mutating.mutants import WRONG, Mutant


def again(message: Message, *, other: bool) -> Mutant | None:
    """Give an observation twice, right after itself; ``other`` with another value."""
    span = message.observations()[0]
    copy = message.text[slice(*span)]
    place = message.stated("OBS_VALUE", span)
    if place is None:
        return None
    if other:
        copy = message.text[span[0] : place.value[0]] + "987654" + message.text[place.value[1] : span[1]]
    line = message.line(span[1])
    rule, follows = (
        ("DF009", frozenset[str]()) if other else ("DF018", frozenset({"DF005"}))
    )  # a wrong number is repeated too
    return Mutant(rule, None, line, message.replaced((span[1], span[1]), copy), follows)


def gap(message: Message) -> Mutant | None:
    """Take an observation away that has one before and one after it in its series."""
    spans = message.observations()[:3]
    inner = message.text[spans[0][0] : spans[-1][1]] if len(spans) == 3 else ""
    if message.view.time is None or "Series" in inner or message.stated("TIME_PERIOD", spans[0]) is None:
        return None
    stated = [place for span in spans if (place := message.stated("TIME_PERIOD", span))]
    # A gap is named where the observation after it in time stands, whichever way the series runs in the message.
    first, _, last = (message.text[slice(*place.value)] for place in stated)
    line = stated[2].line if first < last else stated[0].line
    if message.layout == "csv":
        return Mutant("DF020", "TIME_PERIOD", line - (first < last), message.replaced(spans[1], ""))
    kept = "\n" * message.text.count("\n", *spans[1])
    return Mutant("DF020", "TIME_PERIOD", line, message.replaced(spans[1], kept))


def unknown_component(message: Message) -> Mutant | None:
    span = message.observations()[0]
    text = message.text[slice(*span)]
    if message.layout == "specific":
        return Mutant(
            "DF001", WRONG, message.line(span[0]), message.replaced(span, f'{text[:4]} {WRONG}="1"{text[4:]}')
        )
    if message.layout == "csv":
        header = message.text[: message.start - 1]
        renamed = header.replace("COLLECTION", WRONG)
        return Mutant("DF016", WRONG, 1, message.replaced((0, len(header)), renamed), frozenset({"DF003"}))
    at = text.find("</generic:Attributes>")
    if at < 0:
        return None
    place = span[0] + at
    added = f'<generic:Value id="{WRONG}" value="1"/>'
    return Mutant("DF001", WRONG, message.line(place), message.replaced((place, place), added))


def scattered(message: Message) -> Mutant | None:
    """Move the second observation of the data behind the last, in a table or where no series hold them."""
    spans = message.observations()
    if message.layout != "csv":
        return None
    moved = message.text[slice(*spans[1])]
    text = message.text[: spans[1][0]] + message.text[spans[1][1] : spans[-1][1]] + moved
    return Mutant("DF022", None, message.line(spans[-1][0]), text)


def ragged(message: Message) -> Mutant | None:
    if message.layout != "csv":
        return None
    span = message.observations()[1]
    added = message.replaced((span[1] - 1, span[1] - 1), ",x")
    return Mutant("IO109", None, message.line(span[0]), added, frozenset({"DF020"}))
