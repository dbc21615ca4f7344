"""How the producer of microdata counts, where documentation leaves it open: an option of a run, apart from what carries it out.

Source:
    DDI Codebook 2.6, ``catgry/@missing``, ``invalrng`` and ``sumStat/@type`` (vald, invd).
"""

from dataclasses import dataclass

__all__ = ["USUAL", "Conventions"]


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a producer counts.

    ``declared_is_invalid``: values that are declared missing count as invalid, beside cells without a value; else they count
    as valid. ``lists_are_complete``: every list of codes is taken to be exhaustive.
    """

    declared_is_invalid: bool = False
    lists_are_complete: bool = False


USUAL = Conventions()
"""What is taken where nobody says otherwise."""
