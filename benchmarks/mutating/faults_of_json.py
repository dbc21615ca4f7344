"""Faults of SDMX-JSON, where keys are indices into lists of values."""

import re

from mutating.messages import Message
from mutating.mutants import Mutant


def _key(message: Message, section: str) -> re.Match[str] | None:
    return re.compile(rf'"{section}": \{{\s*"([0-9:]+)"').search(message.text, message.text.index('"dataSets"'))


def index_beyond(message: Message) -> Mutant | None:
    """Let the key of an observation point beyond the list of its values."""
    found = _key(message, "observations")
    if found is None:
        return None
    begin, end = found.span(1)
    return Mutant("DF030", None, message.line(begin), message.replaced((begin, end), "99"))


def key_too_long(message: Message) -> Mutant | None:
    """Give the key of a series a part more than it has dimensions."""
    found = _key(message, "series")
    if found is None:
        return None
    begin, end = found.span(1)
    return Mutant("DF031", None, message.line(begin), message.replaced((end, end), ":0"))
