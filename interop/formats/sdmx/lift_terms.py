"""Which terms of the ontology the fields of frozen values become, as tables: one row for each class.

A field that a row names under ``values`` becomes properties of the artefact itself; one under ``parts`` becomes parts
with IRIs of their own, by the fragment step named there, or by their URN.
"""

from collections.abc import Mapping

from semstat.interop.formats.sdmx.lift_rows import Terms
from semstat.interop.formats.sdmx.lift_terms_contents import CONTENTS, PROCESSES
from semstat.interop.formats.sdmx.lift_terms_maps import HIERARCHIES, MAPS
from semstat.interop.formats.sdmx.lift_terms_metadata import METADATA
from semstat.interop.formats.sdmx.lift_terms_registry import REGISTRY

__all__ = ["TERMS", "Terms"]

TERMS: Mapping[type, Terms] = {**MAPS, **HIERARCHIES, **CONTENTS, **PROCESSES, **METADATA, **REGISTRY}
"""What each class of values becomes, by the class."""
