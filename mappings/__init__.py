"""Which word equals which: crosswalks between vocabularies as SSSOM tables, read, inverted and applied to graphs.

Example:
    >>> integer = next(row for row in crosswalk("sdmx-texttype-xsd").mappings if row.subject == "Integer")
    >>> integer.predicate, integer.object
    ('skos:exactMatch', 'xsd:int')
"""

from importlib.resources import files

from semstat.mappings.apply import Applied, alignment, apply
from semstat.mappings.errors import SssomError
from semstat.mappings.sssom import Mapping, MappingSet, invert, read, write

__all__ = [
    "Applied",
    "Mapping",
    "MappingSet",
    "SssomError",
    "alignment",
    "apply",
    "crosswalk",
    "crosswalks",
    "invert",
    "read",
    "write",
]

_CROSSWALKS = (
    "artefacts-cdi",
    "cdi-coos",
    "classification-xkos",
    "core-coos",
    "core-dcterms",
    "core-ddi-common-ontology",
    "core-prov",
    "gamso-coos",
    "gamso-gsbpm",
    "governance-dcat",
    "governance-dqv",
    "governance-odrl",
    "governance-org",
    "governance-prov",
    "gsbpm-coos",
    "gsbpm-models",
    "gsbpm-web",
    "gsdem-gsbpm",
    "gsim-ddi-cdi",
    "gsim-ddi-codebook",
    "gsim-ddi-lifecycle",
    "gsim-sdmx",
    "gsim-skos-xkos",
    "gsim-w3c",
    "information-coos",
    "lineage-prov",
    "partnership-dcat",
    "partnership-org",
    "partnership-prov",
    "products-coos",
    "sdmx-texttype-xsd",
    "structure-ddi-cdi",
    "structure-qb",
    "structure-skos",
    "study-ddi-cdi",
    "study-ddi-codebook",
    "study-ddi-lifecycle",
)


def crosswalks() -> tuple[str, ...]:
    """Return the names of all crosswalks that come with semstat.

    Example:
        >>> "structure-qb" in crosswalks()
        True
    """
    return _CROSSWALKS


def crosswalk(name: str) -> MappingSet:
    """Return a crosswalk that comes with semstat.

    Raises:
        KeyError: there is no crosswalk of that name.
    """
    if name not in _CROSSWALKS:
        raise KeyError(name)
    table = files(__package__).joinpath("crosswalks", f"{name}.sssom.tsv").read_text(encoding="utf-8")
    return read(table)
