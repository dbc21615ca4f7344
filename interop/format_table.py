"""The formats that this version knows: what reads each, and what it is called."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    ``opener`` is ``"module:function"``: for data, a function ``(source, find_structure) -> Iterator[Dataset]``; for
    structures, a function ``(data, *, origin) -> Document``. It is empty where the format is recognised but not read.
    ``in_part``: it is read for some purposes only, as RDF is: ``docs/reference/formats.md`` says which.
    ``sniffer`` is ``"module:function"`` of a function ``(head, name) -> bool``; only formats of other distributions
    need one.
    """

    name: str
    title: str
    reads: bool
    writes: bool
    kind: Literal["structure", "data", "other"]
    opener: str = ""
    sniffer: str = ""
    in_part: bool = False


_STRUCTURE = "semstat.interop.formats.sdmx.structure:read_structure"
_ML_DATA = "semstat.interop.formats.sdmx.ml_data:open_ml"
_JSON_DATA = "semstat.interop.formats.sdmx.json_data:open_json"
_CSV_DATA = "semstat.interop.formats.sdmx.csv_data:open_csv"
_PACKAGE = "semstat.interop.microdata_hook:open_undescribed"
_SSSOM = "semstat.interop.formats.sssom:read_sssom"
_STEWARDS = "semstat.interop.formats.stewards:read_stewards"
_BINDINGS = "semstat.interop.formats.bindings:read_bindings"
_DDI_CODEBOOK = "semstat.interop.formats.ddi.codebook:read_codebook"
_DDI_PROFILE = "semstat.interop.formats.ddi.profile:read_profile"
_DDI_LIFECYCLE = "semstat.interop.formats.ddi.lifecycle:read_lifecycle"
_DDI_CDI = "semstat.interop.formats.ddi.cdi:read_cdi"

FORMATS: tuple[Format, ...] = (
    Format("sdmx-ml-2.0-structure", "SDMX-ML 2.0 structure message", True, False, "structure", _STRUCTURE),
    Format("sdmx-ml-2.1-structure", "SDMX-ML 2.1 structure message", True, True, "structure", _STRUCTURE),
    Format("sdmx-ml-3.0-structure", "SDMX-ML 3.0 structure message", True, True, "structure", _STRUCTURE),
    Format("sdmx-ml-3.1-structure", "SDMX-ML 3.1 structure message", True, True, "structure", _STRUCTURE),
    Format("sdmx-ml-2.0-generic-metadata", "SDMX-ML 2.0 generic metadata", True, False, "structure", _STRUCTURE),
    Format("sdmx-ml-2.0-metadata-report", "SDMX-ML 2.0 metadata report", True, False, "structure", _STRUCTURE),
    Format("sdmx-ml-2.1-generic-metadata", "SDMX-ML 2.1 generic metadata", True, False, "structure", _STRUCTURE),
    Format(
        "sdmx-ml-2.1-structure-specific-metadata",
        "SDMX-ML 2.1 structure-specific metadata",
        True,
        False,
        "structure",
        _STRUCTURE,
    ),
    Format("sdmx-ml-3.0-generic-metadata", "SDMX-ML 3.0 reference metadata", True, False, "structure", _STRUCTURE),
    Format("sdmx-ml-3.1-generic-metadata", "SDMX-ML 3.1 reference metadata", True, False, "structure", _STRUCTURE),
    Format("sdmx-ml-2.0-registry-interface", "SDMX-ML 2.0 registry message", True, False, "structure", _STRUCTURE),
    Format("sdmx-ml-2.1-registry-interface", "SDMX-ML 2.1 registry message", True, True, "structure", _STRUCTURE),
    Format("sdmx-ml-3.0-registry-interface", "SDMX-ML 3.0 registry message", True, True, "structure", _STRUCTURE),
    Format("sdmx-ml-3.1-registry-interface", "SDMX-ML 3.1 registry message", True, True, "structure", _STRUCTURE),
    Format("sdmx-ml-2.1-structure-specific-data", "SDMX-ML 2.1 structure-specific data", True, True, "data", _ML_DATA),
    Format("sdmx-ml-3.0-structure-specific-data", "SDMX-ML 3.0 structure-specific data", True, True, "data", _ML_DATA),
    Format("sdmx-ml-3.1-structure-specific-data", "SDMX-ML 3.1 structure-specific data", True, True, "data", _ML_DATA),
    Format("sdmx-ml-2.0-generic-data", "SDMX-ML 2.0 generic data", True, False, "data", _ML_DATA),
    Format("sdmx-ml-2.0-compact-data", "SDMX-ML 2.0 compact data", True, False, "data", _ML_DATA),
    Format("sdmx-ml-2.0-utility-data", "SDMX-ML 2.0 utility data", True, False, "data", _ML_DATA),
    Format("sdmx-ml-2.0-cross-sectional-data", "SDMX-ML 2.0 cross-sectional data", True, False, "data", _ML_DATA),
    Format("sdmx-ml-2.1-generic-data", "SDMX-ML 2.1 generic data", True, False, "data", _ML_DATA),
    Format("sdmx-ml-2.1-error", "SDMX-ML 2.1 error message", True, False, "data", _ML_DATA),
    Format("sdmx-ml-3.0-error", "SDMX-ML 3.0 error message", True, False, "data", _ML_DATA),
    Format("sdmx-ml-3.1-error", "SDMX-ML 3.1 error message", True, False, "data", _ML_DATA),
    Format("sdmx-csv-1.0", "SDMX-CSV 1.0", True, True, "data", _CSV_DATA),
    Format("sdmx-csv-2.0", "SDMX-CSV 2.0 and 2.1", True, True, "data", _CSV_DATA),
    Format("sdmx-csv-2.1", "SDMX-CSV 2.1 (its header is that of 2.0)", True, True, "data", _CSV_DATA),
    Format("sdmx-json-1.0-structure", "SDMX-JSON 1.0 structure message", True, False, "structure", _STRUCTURE),
    Format("sdmx-json-2.0-structure", "SDMX-JSON 2.0 structure message", True, True, "structure", _STRUCTURE),
    Format("sdmx-json-2.1-structure", "SDMX-JSON 2.1 structure message", True, True, "structure", _STRUCTURE),
    Format("sdmx-json-1.0-metadata", "SDMX-JSON 1.0 reference metadata", True, False, "structure", _STRUCTURE),
    Format("sdmx-json-2.0-metadata", "SDMX-JSON 2.0 reference metadata", True, False, "structure", _STRUCTURE),
    Format("sdmx-json-2.1-metadata", "SDMX-JSON 2.1 reference metadata", True, False, "structure", _STRUCTURE),
    Format("sdmx-json-pre-1.0-data", "SDMX-JSON data before version 1.0", True, False, "data", _JSON_DATA),
    Format("sdmx-json-1.0-data", "SDMX-JSON 1.0 data", True, False, "data", _JSON_DATA),
    Format("sdmx-json-2.0-data", "SDMX-JSON 2.0 data", True, True, "data", _JSON_DATA),
    Format("sdmx-json-2.1-data", "SDMX-JSON 2.1 data", True, True, "data", _JSON_DATA),
    Format("csv", "CSV with component ids as header", True, True, "data", "semstat.interop.formats.tabular:open_table"),
    Format(
        "parquet",
        "Parquet with component ids as columns",
        True,
        True,
        "data",
        "semstat.interop.formats.tabular:open_parquet",
    ),
    Format("sav", "SPSS system file", True, False, "data", _PACKAGE),
    Format("zsav", "SPSS system file, compressed", True, False, "data", _PACKAGE),
    Format("por", "SPSS portable file", True, False, "data", _PACKAGE),
    Format("dta", "Stata data file", True, False, "data", _PACKAGE),
    Format("sas7bdat", "SAS data set", True, False, "data", _PACKAGE),
    Format("xpt", "SAS transport file", True, False, "data", _PACKAGE),
    Format("rdf-cube-turtle", "RDF Data Cube with its observations, Turtle", False, True, "data"),
    Format("rdf-cube-n-triples", "RDF Data Cube with its observations, N-Triples", False, True, "data"),
    Format("rdf-cube-structure-turtle", "Structures of RDF Data Cubes, Turtle", False, True, "structure"),
    Format("rdf-cube-structure-n-triples", "Structures of RDF Data Cubes, N-Triples", False, True, "structure"),
    Format("turtle", "RDF, Turtle", False, True, "structure", in_part=True),
    Format("rdf-xml", "RDF/XML", False, False, "structure", in_part=True),
    Format("json-ld", "JSON-LD", False, False, "structure", in_part=True),
    Format(
        "openlineage",
        "OpenLineage events",
        True,
        False,
        "structure",
        "semstat.interop.formats.openlineage:read_openlineage",
    ),
    Format("prov-json", "PROV-JSON", True, False, "structure", "semstat.interop.formats.prov_json:read_prov_json"),
    Format("sssom", "Mapping set, SSSOM", True, False, "structure", _SSSOM),
    Format("bindings", "Bindings of artefacts to concepts, CSV", True, True, "other", _BINDINGS),
    Format("semstat-toml", "Settings of a catalogue: who looks after what", True, False, "structure", _STEWARDS),
    Format("fusion-json", "Fusion-JSON, the layout of one registry and not SDMX-JSON", False, False, "other"),
    Format("json", "JSON of no known kind", False, False, "other"),
    Format("ddi-codebook", "DDI Codebook", True, False, "structure", _DDI_CODEBOOK),
    Format("ddi-codebook-2.6", "DDI Codebook 2.6, as it is written", False, True, "structure"),
    Format("ddi-lifecycle", "DDI Lifecycle 3.2 and 3.3", True, False, "structure", _DDI_LIFECYCLE),
    Format("ddi-lifecycle-3.3", "DDI Lifecycle 3.3, as it is written", False, True, "structure"),
    Format("ddi-lifecycle-3.1", "DDI Lifecycle 3.0 or 3.1", False, False, "structure"),
    Format("ddi-cdi", "DDI-CDI 1.0", True, False, "structure", _DDI_CDI),
    Format("ddi-cdi-json-ld", "DDI-CDI 1.0, JSON-LD", False, True, "structure"),
    Format("ddi-cdi-xml", "DDI-CDI 1.0, XML", False, True, "structure"),
    Format("ddi-4.0", "DDI 4.0 beta", False, False, "structure"),
    Format("ddi-profile", "DDI Profile", True, False, "structure", _DDI_PROFILE),
)
