"""The nearest valid value: what somebody probably meant by a wrong code, period, number or component id."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

__all__ = ["nearest_code", "nearest_number", "nearest_period"]

_LEAST_ALIKE = 85

_PERIOD_FORMS = (
    (re.compile(r"(\d{4})[-/ ]?[Qq]([1-4])"), "{0}-Q{1}"),
    (re.compile(r"(\d{4})[-/ ]?[HhSs]([12])"), "{0}-S{1}"),
    (re.compile(r"(\d{4})[-/ ]?[Tt]([1-3])"), "{0}-T{1}"),
    (re.compile(r"(\d{4})[-/ ]?[Mm](0?[1-9]|1[0-2])"), "{0}-M{1:0>2}"),
    (re.compile(r"(\d{4})[-/ ]?[Ww](0?[1-9]|[1-4]\d|5[0-3])"), "{0}-W{1:0>2}"),
    (re.compile(r"(\d{4})[-/ .](0?[1-9]|1[0-2])"), "{0}-{1:0>2}"),
    (re.compile(r"(\d{4})(0[1-9]|1[0-2])"), "{0}-{1}"),
    (re.compile(r"(\d{4})[-/ .]?(0[1-9]|1[0-2])[-/ .]?(0[1-9]|[12]\d|3[01])"), "{0}-{1}-{2}"),
    (re.compile(r"[Qq]([1-4])[-/ ]?(\d{4})"), "{1}-Q{0}"),
)


def nearest_code(value: str, codes: Iterable[str], labels: Mapping[str, Iterable[str]] | None = None) -> str | None:
    """Return the code that a wrong one most resembles, by its id or by one of its labels; ``None`` if none comes close.

    Case and surrounding blanks come first, then a label that reads the same, then the initials of one label alone, then
    edit distance (at most one edit for each three characters), then a label that is alike. Ties go to the code that sorts
    first.

    Example:
        >>> nearest_code("Femal", ["F", "M", "T"], {"F": ["Female", "Femmes"], "M": ["Male"]})
        'F'
        >>> nearest_code("de", ["DE", "DK"])
        'DE'
        >>> nearest_code("UK", ["GB", "UG"], {"GB": ["United Kingdom"], "UG": ["Uganda"]})
        'GB'
        >>> nearest_code("X", ["A", "M", "Q"]) is None
        True
    """
    listed = tuple(sorted(codes))
    return _nearest(
        value, listed, tuple(sorted((label, code) for code, names in (labels or {}).items() for label in names))
    )


_Codes = tuple[str, ...]
_Labels = tuple[tuple[str, str], ...]


@lru_cache(maxsize=4096)
def _nearest(value: str, codes: _Codes, labels: _Labels) -> str | None:
    plain = value.strip().casefold()
    if not plain:
        return None
    proposals = (propose(plain, codes, labels) for propose in (_the_same, _with_initials, _misspelt, _alike))
    return next((code for code in proposals if code is not None), None)


def _the_same(plain: str, codes: _Codes, labels: _Labels) -> str | None:
    named = (*((code, code) for code in codes), *labels)
    return next((code for text, code in named if text.strip().casefold() == plain), None)


def _with_initials(plain: str, _codes: _Codes, labels: _Labels) -> str | None:
    meant = {code for text, code in labels if len(plain) > 1 and _initials(text) == plain}
    return meant.pop() if len(meant) == 1 else None


def _misspelt(plain: str, codes: _Codes, _labels: _Labels) -> str | None:
    allowed = len(plain) // 3
    if not allowed:
        return None
    from rapidfuzz.distance import OSA

    distances = ((OSA.distance(plain, code.casefold(), score_cutoff=allowed), code) for code in codes)
    distance, code = min(distances, default=(allowed + 1, ""))
    return code if distance <= allowed else None


def _alike(plain: str, _codes: _Codes, labels: _Labels) -> str | None:
    if len(plain) < 3:
        return None
    from rapidfuzz import fuzz, process

    texts = [text.casefold() for text, _ in labels]
    found = process.extractOne(plain, texts, scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE)
    return labels[found[2]][1] if found is not None else None


def _initials(label: str) -> str:
    """Return the first letters of the words that begin with a capital: small words such as "of" have none."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", label) if word[0].isupper()).casefold()


def nearest_period(value: str, pattern: str) -> str | None:
    """Return the period that a badly written one means, provided that it matches the pattern of valid ones.

    Example:
        >>> nearest_period("2020Q1", r"^[0-9]{4}-Q[1-4]$")
        '2020-Q1'
        >>> nearest_period("20201301", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$") is None
        True
    """
    for form, template in _PERIOD_FORMS:
        match = form.fullmatch(value.strip())
        if match is not None:
            proposed = template.format(*match.groups())
            if proposed != value and re.search(pattern, proposed):
                return proposed
    return None


def nearest_number(value: str, pattern: str) -> str | None:
    """Return the number that a badly written one means: grouped thousands, a decimal comma, blanks.

    Example:
        >>> nearest_number("1 234,5", r"^[0-9]+([.][0-9]+)?$")
        '1234.5'
    """
    compact = re.sub(r"[\s'\u00a0\u202f]", "", value)
    proposals = [
        compact.replace(",", ".") if compact.count(",") == 1 and "." not in compact else compact.replace(",", "")
    ]
    if "." in compact and "," in compact and compact.rindex(",") > compact.rindex("."):
        proposals.insert(0, compact.replace(".", "").replace(",", "."))
    for proposed in proposals:
        if proposed != value and re.search(pattern, proposed):
            return proposed
    return None
