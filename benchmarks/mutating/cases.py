"""The real datasets of the bench, each with the structures at its side."""

from dataclasses import dataclass

_EXR = "sdmx/ml21/twg-samples/exr/ecb_exr_{0}/"
_SIMPLE = "sdmx/ml30/twg-samples/Data - Simple Data Attributes/ECB_EXR.xml"
_FULL = "sdmx/ml21/agencies/ECB_EXR/1/structure-full.xml"
_BIS = "sdmx/mixed/pysdmx-bis/"


@dataclass(frozen=True, slots=True)
class Case:
    """A real dataset, the structures at its side, the layout of its text, and the structure's identifier."""

    data: str
    structures: tuple[str, ...]
    layout: str
    structure: str


def _exr(design: str, folder: str, layout: str, name: str) -> Case:
    place = _EXR.format(design)
    data = f"{place}{folder}/ecb_exr_{design}_{name}.xml"
    return Case(data, (f"{place}ecb_exr_{design}_full.xml",), layout, f"ECB_EXR_{design.upper()}")


CASES = (
    *(_exr("ng", "structured", "specific", name) for name in ("flat", "ts", "xs")),
    _exr("ng", "generic", "generic", "xs"),
    _exr("sg", "structured", "specific", "ts_gf_flat"),
    _exr("sg", "generic", "generic", "ts"),
    Case(_SIMPLE, (_FULL,), "specific", "ECB_EXR1"),
    Case("sdmx/ml31/pysdmx/ECB_EXR_data.xml", (_FULL,), "specific", "ECB_EXR1"),
    Case("sdmx/ml21/agencies/ECB_EXR/1/M.USD.EUR.SP00.A.xml", (_FULL,), "generic", "ECB_EXR1"),
    Case("sdmx/ml21/pysdmx-bis/estat_data.xml", ("sdmx/ml21/pysdmx-bis/estat_metadata.xml",), "specific", "NRG_BAL_S"),
    Case("sdmx/ml21/agencies/INSEE/IPI-2010-A21.xml", ("sdmx/ml21/agencies/INSEE/IPI-2010-A21-structure.xml",),
         "generic", "IPI-2010-A21"),
    Case(f"{_BIS}data.xml", (f"{_BIS}datastructure.xml",), "specific", "BIS_DER"),
    Case("sdmx/ml21/pysdmx-bis/str_ser_group.xml", (f"{_BIS}datastructure.xml",), "specific", "BIS_DER"),
    Case("sdmx/json/agencies-v1/ECB_EXR/ts.json", (_FULL,), "json", "ECB_EXR1"),
    Case(f"{_BIS}data_v1.csv", (f"{_BIS}dataflow_structure_children.xml",), "csv", "BIS_DER"),
)  # fmt: skip
