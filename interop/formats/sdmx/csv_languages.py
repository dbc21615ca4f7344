"""Texts in languages in the cells of SDMX-CSV: read into values and their versions, and written from them.

A text in several languages is ``en:Any value;fr:Une valeur``; several such texts stand in quotation marks each.

Source:
    SDMX-CSV 2.0 and 2.1 field guides, *Non-coded multi-lingual components* and *Non-coded multi-lingual multi-valued
    components*.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from semstat.interop.formats.csv_text import INNER
from semstat.validators.observations import LANGUAGE_MARK, PART_SEPARATOR, VERSION_SEPARATOR

__all__ = ["is_ambiguous", "read_versions", "tags_of", "write_versions"]

_ANY = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"


def tags_of(bracket: str) -> tuple[str, ...]:
    """Return the languages that the header of a column lists.

    Example:
        >>> tags_of("en;fr"), tags_of("")
        (('en', 'fr'), ())
    """
    return tuple(tag for tag in re.split(r"[^A-Za-z0-9-]+", bracket) if tag)


def read_versions(
    cell: str, tags: Sequence[str], inner: str, split: Callable[[str, str], Sequence[str]]
) -> tuple[str, str | None]:
    r"""Return the values of a cell, each the first version of its part, and all versions; ``None`` where none has a language.

    Args:
        cell: The cell.
        tags: The languages that the column lists.
        inner: What separates the parts of a cell.
        split: What cuts a cell with quoted parts.

    Example:
        >>> read_versions("en:a; b;fr:c", ["en", "fr"], ";", lambda cell, _: [cell])
        ('a; b', 'en\x1da; b\x1efr\x1dc')
    """
    between, mark = _patterns(tuple(tags), inner)
    firsts, wholes = [], []
    for part in split(cell, inner) if cell.startswith('"') else [cell]:
        versions = [mark.match(version) for version in between.split(part)]
        texts = [(found[1] or "", found[2]) for found in versions if found is not None]
        firsts.append(texts[0][1] if texts else part)
        wholes.append(VERSION_SEPARATOR.join(f"{language}{LANGUAGE_MARK}{text}" for language, text in texts))
    stated = any(
        not version.startswith(LANGUAGE_MARK) for whole in wholes for version in whole.split(VERSION_SEPARATOR)
    )
    return PART_SEPARATOR.join(firsts), PART_SEPARATOR.join(wholes) if stated else None


@lru_cache(maxsize=64)
def _patterns(tags: tuple[str, ...], inner: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    known = "|".join(map(re.escape, sorted(tags, key=len, reverse=True))) or _ANY
    return re.compile(f"{re.escape(inner)}(?=(?:{known}):)"), re.compile(f"(?s)(?:({known}):)?(.*)")


def write_versions(cell: str) -> str:
    r"""Return a cell of versions as SDMX-CSV writes it, not yet quoted as a cell of CSV.

    Example:
        >>> write_versions("en\x1da\x1efr\x1db"), write_versions("en\x1da\x1fen\x1db")
        ('en:a;fr:b', '"en:a";"en:b"')
    """
    parts = [
        INNER.join(_version(version) for version in part.split(VERSION_SEPARATOR))
        for part in cell.split(PART_SEPARATOR)
    ]
    if len(parts) == 1 and not parts[0].startswith('"'):
        return parts[0]
    return INNER.join(['"' + part.replace('"', '""') + '"' for part in parts])


def _version(version: str) -> str:
    language, mark, text = version.rpartition(LANGUAGE_MARK)
    return f"{language}:{text}" if mark and language else text


def is_ambiguous(cell: str, tags: Sequence[str]) -> bool:
    r"""Tell whether a cell of versions is read back as others: a text looks like the begin of a further version.

    Example:
        >>> is_ambiguous("en\x1da;fr:b", ["en", "fr"]), is_ambiguous("en\x1da;de:b", ["en", "fr"])
        (True, False)
    """
    from semstat.interop.formats.sdmx.csv_cells import split_parts

    return read_versions(write_versions(cell), tags, INNER, split_parts)[1] != cell
