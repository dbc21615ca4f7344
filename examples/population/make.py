"""Write the files of this example from two tables: ``figures.csv`` (population) and ``labels.csv`` (codes, concepts).

Run ``python examples/population/make.py`` after changing a table. ``--into FOLDER`` writes elsewhere. The same tables
always give the same bytes.
"""

import argparse
import csv
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).parent
AGENCY, VERSION = "SEMSTAT", "1.0"
TITLE = "Population of selected countries"
BASE_YEAR = "2010"
PREPARED = "2026-11-20T12:00:00Z"
LANGUAGES = ("en", "fr", "es")
DIMENSIONS = {"FREQ": "CL_FREQ", "REF_AREA": "CL_AREA", "INDICATOR": "CL_INDICATOR"}
SERIES_ATTRIBUTES = ("UNIT_MEASURE", "UNIT_MULT")
SERIES = (*DIMENSIONS, *SERIES_ATTRIBUTES)
COLUMNS = (*DIMENSIONS, "TIME_PERIOD", "OBS_VALUE", "TITLE", *SERIES_ATTRIBUTES, "OBS_STATUS", "COMMENT_OBS")
PACKAGES = {
    "Agency": "base", "AgencyScheme": "base", "DataProvider": "base", "DataProviderScheme": "base",
    "Code": "codelist", "Codelist": "codelist", "Concept": "conceptscheme", "ConceptScheme": "conceptscheme",
    "ProvisionAgreement": "registry", "ContentConstraint": "registry", "DataConstraint": "registry",
}  # fmt: skip
STEM = "http://www.sdmx.org/resources/sdmxml/schemas/"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

Row = dict[str, str]
FAULTS: tuple[tuple[Row, Row], ...] = (  # (the observation, what is written instead): each breaks another rule
    ({"REF_AREA": "NA", "INDICATOR": "POP", "TIME_PERIOD": "2014"}, {"REF_AREA": ""}),
    ({"REF_AREA": "KE", "INDICATOR": "POP", "TIME_PERIOD": "2013"}, {"TIME_PERIOD": "2013/14"}),
    ({"REF_AREA": "ZA", "INDICATOR": "POP", "TIME_PERIOD": "2015"}, {"TIME_PERIOD": "2015-Q2"}),
    ({"REF_AREA": "BR", "INDICATOR": "POP_IX", "TIME_PERIOD": "2019"}, {"OBS_VALUE": "107.1003"}),
    ({"REF_AREA": "CA", "INDICATOR": "POP", "TIME_PERIOD": "2020"}, {"OBS_VALUE": "38 028 638"}),
    ({"REF_AREA": "IN", "INDICATOR": "POP", "TIME_PERIOD": "2012"}, {"OBS_VALUE": "1278674.5", "UNIT_MULT": "3"}),
    ({"REF_AREA": "JP", "INDICATOR": "POP", "TIME_PERIOD": "2021"}, {"OBS_STATUS": ""}),
    ({"REF_AREA": "DE", "INDICATOR": "POP", "TIME_PERIOD": "2011"}, {"REF_AREA": "150"}),
    ({"REF_AREA": "GB", "INDICATOR": "POP", "TIME_PERIOD": "2018"}, {"REF_AREA": "UK"}),
)  # fmt: skip
REVISED: tuple[Row, Row] = ({"REF_AREA": "NZ", "INDICATOR": "POP", "TIME_PERIOD": "2021"}, {"OBS_VALUE": "5111400"})
"""The observation that the faulty files deliver a second time, at their end, with another value."""

MISNAMED: Row = {"REF_AREA": "FJ", "INDICATOR": "POP_IX", "TIME_PERIOD": "2010"}
"""The observation of the faulty message whose COMMENT_OBS is written OBS_COMMENT."""


def labels() -> dict[str, list[Row]]:
    """Return the items of every scheme, in the order of the table."""
    with (HERE / "labels.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    return {scheme: list(items) for scheme, items in groupby(rows, key=lambda row: row["scheme"])}


def observations() -> list[Row]:
    """Return the observations: per area the population, then the index computed from it."""
    with (HERE / "figures.csv").open(encoding="utf-8", newline="") as table:
        figures = list(csv.DictReader(table))
    rows: list[Row] = []
    for area in figures:
        years = [name for name in area if name != "REF_AREA"]
        base = int(area[BASE_YEAR])
        rows += [_row(area["REF_AREA"], "POP", year, area[year], "PS") for year in years]
        rows += [_row(area["REF_AREA"], "POP_IX", year, f"{100 * int(area[year]) / base:.1f}", "IX") for year in years]
    return rows


def _row(area: str, indicator: str, year: str, value: str, unit: str) -> Row:
    comment = "Base year" if (indicator, year) == ("POP_IX", BASE_YEAR) else ""
    cells = ("A", area, indicator, year, value, TITLE, unit, "0", "E", comment)
    return dict(zip(COLUMNS, cells, strict=True))


def faulty(rows: Iterable[Row]) -> list[Row]:
    """Return the observations with the faults put in, and one delivered twice."""
    spoilt = [_changed(row, FAULTS) for row in rows]
    return [*spoilt, *(row | REVISED[1] for row in spoilt if REVISED[0].items() <= row.items())]


def _changed(row: Row, faults: Iterable[tuple[Row, Row]]) -> Row:
    return next((row | change for where, change in faults if where.items() <= row.items()), row)


def sdmx_csv(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of an SDMX-CSV 2.0 file."""
    yield ",".join(("STRUCTURE", "STRUCTURE_ID", "ACTION", *COLUMNS))
    for row in rows:
        yield ",".join(("dataflow", f"{AGENCY}:DF_POPULATION({VERSION})", "I", *(row[name] for name in COLUMNS)))


def data_message(rows: Iterable[Row], *, misnamed: Row | None = None) -> Iterator[str]:
    """Yield the lines of a structure-specific time series message, SDMX-ML 2.1."""
    flow = f"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={AGENCY}:DF_POPULATION({VERSION})"
    namespace = f"{flow}:ObsLevelDim:TIME_PERIOD"
    yield DECLARATION
    yield f'<mes:StructureSpecificTimeSeriesData xmlns:mes="{STEM}v2_1/message" xmlns:com="{STEM}v2_1/common"'
    yield f'    xmlns:ss="{STEM}v2_1/data/structurespecific" xmlns:pop="{namespace}"'
    yield '    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    yield from _header("POPULATION", f'<mes:Structure structureID="POP" namespace="{namespace}" '
                       'dimensionAtObservation="TIME_PERIOD"><com:StructureUsage>'
                       f'<Ref agencyID="{AGENCY}" id="DF_POPULATION" version="{VERSION}"/>'
                       "</com:StructureUsage></mes:Structure>")  # fmt: skip
    yield f'  <mes:DataSet ss:structureRef="POP" ss:dataScope="Dataflow" xsi:type="pop:DataSetType" TITLE="{TITLE}">'
    for key, members in groupby(rows, key=lambda row: tuple((name, row[name]) for name in SERIES)):
        yield f"    <Series{_attributes(key)}>"
        for row in members:
            cells = [(name, row[name]) for name in ("TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "COMMENT_OBS")]
            if misnamed is not None and misnamed.items() <= row.items():
                cells[-1] = ("OBS_COMMENT", row["COMMENT_OBS"])
            yield f"      <Obs{_attributes(cells)}/>"
        yield "    </Series>"
    yield "  </mes:DataSet>"
    yield "</mes:StructureSpecificTimeSeriesData>"


def _attributes(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in pairs if value)


def _header(identifier: str, structure: str = "") -> Iterator[str]:
    yield "  <mes:Header>"
    yield f"    <mes:ID>{identifier}</mes:ID>"
    yield "    <mes:Test>false</mes:Test>"
    yield f"    <mes:Prepared>{PREPARED}</mes:Prepared>"
    yield f'    <mes:Sender id="{AGENCY}"/>'
    if structure:
        yield f"    {structure}"
    yield "  </mes:Header>"


class Structure:
    """The structure message in one version of SDMX-ML: ``2.1`` or ``3.0``."""

    def __init__(self, ml: str) -> None:
        self.old = ml == "2.1"
        self.stem = STEM + ("v2_1/" if self.old else "v3_0/")
        self.schemes = labels()

    def lines(self) -> Iterator[str]:
        """Yield the lines of the message."""
        yield DECLARATION
        yield f'<mes:Structure xmlns:mes="{self.stem}message" xmlns:str="{self.stem}structure"'
        yield f'    xmlns:com="{self.stem}common">'
        yield from _header("POPULATION_STRUCTURE")
        yield "  <mes:Structures>"
        lists = {name: items for name, items in self.schemes.items() if name.startswith("CL_")}
        parts = {
            "Agencies": self._organisations(),
            "Codelists": [line for name, items in lists.items() for line in self._scheme("Codelist", name, items)],
            "Concepts": list(self._scheme("ConceptScheme", "CS_POPULATION", self.schemes["CS_POPULATION"])),
            "Constraints": list(self._constraint()),
            "DataStructures": list(self._data_structure()),
            "Dataflows": list(self._dataflow()),
            "ProvisionAgreements": list(self._agreement()),
        }
        yield from self._in_order(parts)
        yield "  </mes:Structures>"
        yield "</mes:Structure>"

    def _in_order(self, parts: dict[str, list[str]]) -> Iterator[str]:
        """Yield the containers in the order and under the names of the version's schema."""
        if self.old:
            order = ("Agencies", "Dataflows", "Codelists", "Concepts", "DataStructures", "Constraints",
                     "ProvisionAgreements")  # fmt: skip
            names = {"Agencies": "OrganisationSchemes"}
        else:
            order = ("Agencies", "Codelists", "Concepts", "Constraints", "Dataflows", "DataStructures",
                     "ProvisionAgreements")  # fmt: skip
            names = {"Agencies": "", "Concepts": "ConceptSchemes", "Constraints": "DataConstraints"}
        for part in order:
            name = names.get(part, part)
            yield from self._wrapped(name, parts[part]) if name else parts[part]

    def _wrapped(self, name: str, lines: Iterable[str]) -> Iterator[str]:
        yield f"    <str:{name}>"
        yield from lines
        yield f"    </str:{name}>"

    def _organisations(self) -> list[str]:
        fields = ("id", "parent", *LANGUAGES)
        agency = [dict(zip(fields, (AGENCY, "", "Examples", "Exemples", "Ejemplos"), strict=True))]
        bank = [dict(zip(fields, ("WB", "", "World Bank", "Banque mondiale", "Banco Mundial"), strict=True))]
        agencies = list(self._scheme("AgencyScheme", "AGENCIES", agency, item="Agency", agency="SDMX"))
        providers = list(self._scheme("DataProviderScheme", "DATA_PROVIDERS", bank, item="DataProvider"))
        if self.old:
            return [*agencies, *providers]
        return [*self._wrapped("AgencySchemes", agencies), *self._wrapped("DataProviderSchemes", providers)]

    def _scheme(self, cls: str, name: str, items: list[Row], *, item: str = "", agency: str = AGENCY) -> Iterator[str]:
        item = item or {"Codelist": "Code", "ConceptScheme": "Concept"}[cls]
        yield f"      <str:{cls} {self._identity(cls, name, agency=agency)}>"
        yield f'        <com:Name xml:lang="en">{name}</com:Name>'
        for row in items:
            urn = self._urn(item, f"{agency}:{name}({VERSION}).{row['id']}")
            yield f'        <str:{item} id="{row["id"]}" urn="{urn}">'
            for tag in LANGUAGES:
                yield f'          <com:Name xml:lang="{tag}">{escape(row[tag], quote=False)}</com:Name>'
            if row["parent"]:
                parent = f'<Ref id="{row["parent"]}"/>' if self.old else row["parent"]
                yield f"          <str:Parent>{parent}</str:Parent>"
            yield f"        </str:{item}>"
        yield f"      </str:{cls}>"

    def _identity(self, cls: str, name: str, *, agency: str = AGENCY) -> str:
        urn = self._urn(cls, f"{agency}:{name}({VERSION})")
        # The schemes of organisations carry a fixed version, which 3.0 leaves unstated.
        version = "" if not self.old and name in {"AGENCIES", "DATA_PROVIDERS"} else f' version="{VERSION}"'
        return f'id="{name}" urn="{urn}" agencyID="{agency}"{version}'

    def _urn(self, cls: str, rest: str) -> str:
        return f"urn:sdmx:org.sdmx.infomodel.{PACKAGES.get(cls, 'datastructure')}.{cls}={rest}"

    def _ref(self, cls: str, name: str, item: str = "") -> str:
        if not self.old:
            return self._urn(cls, f"{AGENCY}:{name}({VERSION})" + (f".{item}" if item else ""))
        if not item:
            return f'<Ref id="{name}" version="{VERSION}" agencyID="{AGENCY}"/>'
        parent = f'maintainableParentID="{name}" maintainableParentVersion="{VERSION}"'
        return f'<Ref id="{item}" {parent} agencyID="{AGENCY}"/>'

    def _data_structure(self) -> Iterator[str]:
        yield f"      <str:DataStructure {self._identity('DataStructure', 'DSD_POPULATION')}>"
        yield '        <com:Name xml:lang="en">Population</com:Name>'
        yield '        <com:Name xml:lang="fr">Population</com:Name>'
        yield '        <com:Name xml:lang="es">Población</com:Name>'
        yield "        <str:DataStructureComponents>"
        yield '          <str:DimensionList id="DimensionDescriptor">'
        for position, (name, codelist) in enumerate(DIMENSIONS.items(), start=1):
            yield from self._component("Dimension", name, f' position="{position}"', self._enumeration(codelist))
        time = '<str:TextFormat textType="ObservationalTimePeriod"/>'
        yield from self._component("TimeDimension", "TIME_PERIOD", ' position="4"' if self.old else "", time)
        yield "          </str:DimensionList>"
        yield '          <str:AttributeList id="AttributeDescriptor">'
        yield from self._attribute("TITLE", "dataset", '<str:TextFormat textType="String" maxLength="120"/>')
        yield from self._attribute("UNIT_MEASURE", "series", self._enumeration("CL_UNIT_MEASURE"))
        yield from self._attribute("UNIT_MULT", "series", self._enumeration("CL_UNIT_MULT"))
        yield from self._attribute("OBS_STATUS", "observation", self._enumeration("CL_OBS_STATUS"))
        note = '<str:TextFormat textType="String" maxLength="350"/>'
        yield from self._attribute("COMMENT_OBS", "observation", note, mandatory=False)
        yield "          </str:AttributeList>"
        yield '          <str:MeasureList id="MeasureDescriptor">'
        value = '<str:TextFormat textType="Decimal" minValue="0" decimals="1"/>'
        yield from self._component("PrimaryMeasure" if self.old else "Measure", "OBS_VALUE", "", value)
        yield "          </str:MeasureList>"
        yield "        </str:DataStructureComponents>"
        yield "      </str:DataStructure>"

    def _enumeration(self, codelist: str) -> str:
        return f"<str:Enumeration>{self._ref('Codelist', codelist)}</str:Enumeration>"

    def _component(self, tag: str, name: str, extra: str, representation: str, tail: str = "") -> Iterator[str]:
        yield f'            <str:{tag} id="{name}"{extra}>'
        concept = self._ref("Concept", "CS_POPULATION", name)
        yield f"              <str:ConceptIdentity>{concept}</str:ConceptIdentity>"
        yield f"              <str:LocalRepresentation>{representation}</str:LocalRepresentation>"
        if tail:
            yield f"              {tail}"
        yield f"            </str:{tag}>"

    def _attribute(self, name: str, level: str, representation: str, *, mandatory: bool = True) -> Iterator[str]:
        if self.old:
            usage = f' assignmentStatus="{"Mandatory" if mandatory else "Conditional"}"'
            targets = [f'<str:Dimension><Ref id="{dimension}"/></str:Dimension>' for dimension in DIMENSIONS]
            measure = '<str:PrimaryMeasure><Ref id="OBS_VALUE"/></str:PrimaryMeasure>'
            levels = {"dataset": "<str:None/>", "series": "".join(targets), "observation": measure}
        else:
            usage = f' usage="{"mandatory" if mandatory else "optional"}"'
            targets = [f"<str:Dimension>{dimension}</str:Dimension>" for dimension in DIMENSIONS]
            levels = {"dataset": "<str:Dataflow/>", "series": "".join(targets), "observation": "<str:Observation/>"}
        tail = f"<str:AttributeRelationship>{levels[level]}</str:AttributeRelationship>"
        yield from self._component("Attribute", name, usage, representation, tail)

    def _dataflow(self) -> Iterator[str]:
        yield f"      <str:Dataflow {self._identity('Dataflow', 'DF_POPULATION')}>"
        yield f'        <com:Name xml:lang="en">{TITLE}</com:Name>'
        yield f"        <str:Structure>{self._ref('DataStructure', 'DSD_POPULATION')}</str:Structure>"
        yield "      </str:Dataflow>"

    def _agreement(self) -> Iterator[str]:
        yield f"      <str:ProvisionAgreement {self._identity('ProvisionAgreement', 'PA_POPULATION_WB')}>"
        yield '        <com:Name xml:lang="en">Population, by the World Bank</com:Name>'
        flow, provider = self._ref("Dataflow", "DF_POPULATION"), self._ref("DataProvider", "DATA_PROVIDERS", "WB")
        usage = "Dataflow"
        if self.old:  # the one reference of 2.1 whose class must be said
            usage, flow = "StructureUsage", flow.replace("/>", ' package="datastructure" class="Dataflow"/>')
        yield f"        <str:{usage}>{flow}</str:{usage}>"
        yield f"        <str:DataProvider>{provider}</str:DataProvider>"
        yield "      </str:ProvisionAgreement>"

    def _constraint(self) -> Iterator[str]:
        cls, role = ("ContentConstraint", "type") if self.old else ("DataConstraint", "role")
        areas = dict.fromkeys(row["REF_AREA"] for row in observations())
        allowed = {"FREQ": ["A"], "REF_AREA": list(areas), "INDICATOR": ["POP", "POP_IX"]}
        yield f'      <str:{cls} {self._identity(cls, "CR_POPULATION")} {role}="Allowed">'
        yield '        <com:Name xml:lang="en">What the dataflow may hold: annual figures of these areas</com:Name>'
        flow = self._ref("Dataflow", "DF_POPULATION")
        yield f"        <str:ConstraintAttachment><str:Dataflow>{flow}</str:Dataflow></str:ConstraintAttachment>"
        yield '        <str:CubeRegion include="true">'
        value = "com" if self.old else "str"
        for name, codes in allowed.items():
            cells = "".join(f"<{value}:Value>{code}</{value}:Value>" for code in codes)
            yield f'          <{value}:KeyValue id="{name}">{cells}</{value}:KeyValue>'
        yield "        </str:CubeRegion>"
        yield f"      </str:{cls}>"


def main() -> None:
    """Write every file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=HERE, help="folder to write to (default: beside this script)")
    folder: Path = parser.parse_args().into
    clean = observations()
    spoilt = faulty(clean)
    files = {
        "structure.xml": Structure("2.1").lines(),
        "structure-3.0.xml": Structure("3.0").lines(),
        "population.csv": sdmx_csv(clean),
        "population-faulty.csv": sdmx_csv(spoilt),
        "population.xml": data_message(clean),
        "population-faulty.xml": data_message(spoilt, misnamed=MISNAMED),
    }
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
