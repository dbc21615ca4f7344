"""What SSSOM demands of a header and of a row, checked slot by slot.

Source:
    SSSOM 1.1, classes *Mapping* and *MappingSet*.
"""

from collections.abc import Mapping

from semstat.mappings.errors import SssomError
from semstat.mappings.header import Metadata
from semstat.mappings.slots import BUILTIN_PREFIXES, FRACTIONS, LITERAL, REFERENCES, REQUIRED_OF_SET, WORDS

__all__ = ["check_row", "check_set"]


def check_set(metadata: Mapping[str, Metadata], *, line: int) -> None:
    """Check the header of a mapping set.

    Raises:
        SssomError: a required slot is missing, a word or number is not allowed, or a built-in prefix is bent.
    """
    for slot in REQUIRED_OF_SET:
        if not metadata.get(slot):
            raise SssomError(f"the header lacks `{slot}`", line=line)
    declared = metadata.get("curie_map", {})
    if not isinstance(declared, Mapping):
        raise SssomError("the header's `curie_map` is not a map from prefix to namespace", line=line)
    for prefix, namespace in declared.items():
        if BUILTIN_PREFIXES.get(prefix, namespace) != namespace:
            raise SssomError(f"the header gives the built-in prefix `{prefix}` another namespace", line=line)
    for slot, value in metadata.items():
        if isinstance(value, str) and value:
            _check_value(slot, value, line)


def check_row(slots: Mapping[str, str | tuple[str, ...]], prefixes: Mapping[str, str], *, line: int | None) -> None:
    """Check one row of a mapping set.

    Raises:
        SssomError: a required slot is empty, a word or number is not allowed, or a prefix is not declared.
    """
    for slot in ("predicate_id", "mapping_justification", _end(slots, "subject"), _end(slots, "object")):
        if not slots.get(slot):
            raise SssomError(f"the row has no `{slot}`", line=line)
    for slot, value in slots.items():
        for part in (value,) if isinstance(value, str) else value:
            if part:
                _check_value(slot, part, line)
            if slot in REFERENCES:
                _check_reference(slot, part, prefixes, line)


def _end(slots: Mapping[str, str | tuple[str, ...]], end: str) -> str:
    return f"{end}_label" if slots.get(f"{end}_type") == LITERAL else f"{end}_id"


def _check_value(slot: str, value: str, line: int | None) -> None:
    if slot in WORDS and value not in WORDS[slot]:
        raise SssomError(f"`{value}` is not a word that `{slot}` may have", line=line)
    if slot not in FRACTIONS:
        return
    low, high = FRACTIONS[slot]
    try:
        number = float(value)
    except ValueError as error:
        raise SssomError(f"`{value}` is not a number, as `{slot}` has to be", line=line) from error
    if not low <= number <= high:
        raise SssomError(f"`{value}` is outside {low:g} to {high:g}, the bounds of `{slot}`", line=line)


def _check_reference(slot: str, curie: str, prefixes: Mapping[str, str], line: int | None) -> None:
    prefix, separator, _ = curie.partition(":")
    if not separator or prefix not in prefixes:
        raise SssomError(f"the prefix of `{curie}` in `{slot}` is not declared", line=line)
