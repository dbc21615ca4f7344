"""The fingerprint of a file: the hash of its bytes, by the algorithm whose length the stated one has (F5).

Source:
    DDI Codebook 2.6, ``fileTxt/dataFingerprint``.
"""

import hashlib
import re
from dataclasses import replace

from semstat.interop.sources import Source
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Location
from semstat.validators.rules import finding

__all__ = ["fingerprint_of", "fingerprint_outcome"]

_ALGORITHMS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}


def fingerprint_outcome(
    source: Source, stated: str | None, place: Location | None
) -> tuple[CheckOutcome, list[Diagnostic]]:
    """Return what became of the check of a file's fingerprint, and the finding where it differs.

    Args:
        source: The file.
        stated: The fingerprint as documented; words around it, such as the algorithm's name, are passed over.
        place: Where it is documented.
    """
    digits = re.search(r"\b[0-9a-fA-F]{32,128}\b", stated or "")
    algorithm = _ALGORITHMS.get(len(digits[0])) if digits else None
    if digits is None or algorithm is None:
        reason = "the documentation states no fingerprint"
        if stated:
            reason = f"the fingerprint `{stated}` is of no algorithm that is computed here"
        return CheckOutcome("MD005", None, CheckStatus.NOT_CHECKED, source.name, reason=reason), []
    found = fingerprint_of(source, algorithm)
    differs = found != digits[0].casefold()
    outcome = CheckOutcome("MD005", None, CheckStatus.CHECKED, source.name, 1, int(differs), "reader")
    if not differs:
        return outcome, []
    message = f"the {algorithm} of the file is `{found}`, and another is documented"
    item = finding("MD005", message, Location(source.name), value=found, expected=digits[0])
    return outcome, [item if place is None else replace(item, related=(place,))]


def fingerprint_of(source: Source, algorithm: str = "sha256") -> str:
    """Return the hash of the bytes of a file, in hexadecimal digits.

    Args:
        source: The file.
        algorithm: The name of an algorithm of the standard library.
    """
    digest = hashlib.new(algorithm, usedforsecurity=False)
    with source.open() as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
