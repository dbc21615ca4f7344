"""Write the files of this example that are made from tables: structures, data, and the documentation of the census.

Run ``python examples/office/make.py`` after changing a table here. ``--into FOLDER`` writes elsewhere. The same tables always
give the same bytes. What governs (register, decisions, policies, bindings, mappings, events) is written by hand.
"""

import argparse
from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain
from pathlib import Path

HERE = Path(__file__).parent
PREPARED = "2025-04-10T08:00:00Z"
STEM = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/"
PACKAGES = {"Code": "codelist", "Codelist": "codelist", "Concept": "conceptscheme", "ConceptScheme": "conceptscheme"}
DDI = "org.example.office"

Row = tuple[str, ...]
CONCEPTS: dict[tuple[str, str, str], tuple[Row, ...]] = {
    ("NSO", "CS_OFFICE", "1.0.0"): (
        ("POPULATION", "Resident population", "Persons entered in the register of an address."),
    ),
    ("NSO", "CS_OFFICE", "2.0.0"): (
        ("POPULATION", "Resident population", "Persons who have lived at a place for twelve months, or mean to."),
        ("REGION", "Region", "Part of the country that figures are given for."),
        ("TIME", "Year", "Year that figures speak of."),
        ("ACTIVITY", "Economic activity", "What a plant does to make goods or render services."),
        ("OUTPUT", "Industrial output", "Value of the goods that plants made in a year, in millions."),
        ("EMISSIONS", "Air emissions", "Mass of what plants gave off into the air in a year, in kilotonnes."),
        ("NOTE", "Note", "Remark on a figure."),
    ),
    ("NSO.AIR", "CS_DRAFT", "0.1.0"): (("RESIDENTS", "Usual residents", "Persons living at a place."),),
}
"""Concepts by agency, scheme and version: identifier, name, description."""

CODELISTS: dict[tuple[str, str, str], tuple[Row, ...]] = {
    ("NSO", "CL_REGION", "1.0.0"): (("N", "North"), ("E", "East")),
    ("NSO", "CL_REGION", "2.0.0"): (
        ("N", "North"), ("E1", "Eastern coast"), ("E2", "Eastern hills"), ("Z", "Outer islands"),
    ),
    ("NSO.INDUSTRY", "CL_ACTIVITY", "1.0.0"): (("C", "Making goods"), ("D", "Power")),
    ("NSO.AIR", "CL_SOURCE", "1.0.0"): (("POW", "Power stations"), ("FAC", "Factories"), ("FARM", "Farms")),
    ("NSO.PEOPLE", "CL_SEX", "1.0.0"): (("F", "Female"), ("M", "Male")),
    ("NSO.INDUSTRY", "CL_GENDER", "1.0.0"): (("F", "Female"), ("M", "Male")),
}  # fmt: skip
"""Code lists by agency, identifier and version: code, name."""

REGION_1, REGION_2 = "NSO:CL_REGION(1.0.0)", "NSO:CL_REGION(2.0.0)"
STRUCTURES: dict[tuple[str, str], tuple[str, tuple[Row, ...]]] = {
    ("NSO.PEOPLE", "POPULATION"): (
        "Population by region and year",
        (("Dimension", "REGION", "REGION", REGION_2), ("Measure", "PEOPLE", "POPULATION", "Integer")),
    ),
    ("NSO.INDUSTRY", "OUTPUT"): (
        "Industrial output by region, activity and year",
        (
            ("Dimension", "AREA", "REGION", REGION_2),
            ("Dimension", "CLASS", "ACTIVITY", "NSO.INDUSTRY:CL_ACTIVITY(1.0.0)"),
            ("Measure", "VALUE", "OUTPUT", "Decimal"),
        ),
    ),
    ("NSO.AIR", "EMISSIONS"): (
        "Air emissions by region, source and year",
        (
            ("Dimension", "REG", "REGION", REGION_1),
            ("Dimension", "CLASS", "ACTIVITY", "NSO.AIR:CL_SOURCE(1.0.0)"),
            ("Attribute", "NOTE", "NOTE", "String"),
            ("Measure", "MASS", "EMISSIONS", "Decimal"),
        ),
    ),
}
"""Structures by agency and identifier: title, and the components: kind, identifier, concept, list or data type."""

YEARS = ("2022", "2023", "2024")
POPULATION = [(region, year, str(base + 3 * place)) for region, base in (("N", 410), ("E1", 220), ("E2", 130))
              for place, year in enumerate(YEARS)]  # fmt: skip
LEGACY = [("N", "2001", "377"), ("N", "2002", "380")]
OUTPUT = [(area, kind, year, f"{base + 1.5 * place:.1f}") for area in ("N", "E1") for kind, base in (("C", 90), ("D", 31))
          for place, year in enumerate(YEARS)]  # fmt: skip
EMISSIONS = [(region, source, year, f"{base - 0.5 * place:.1f}") for region in ("N", "E")
             for source, base in (("POW", 12), ("FAC", 7), ("FARM", 4)) for place, year in enumerate(YEARS)]  # fmt: skip


def urn(cls: str, rest: str) -> str:
    """Return the URN of an artefact or item of SDMX."""
    return f"urn:sdmx:org.sdmx.infomodel.{PACKAGES.get(cls, 'datastructure')}.{cls}={rest}"


def message(identifier: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a structure message, SDMX-ML 3.0."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<mes:Structure xmlns:mes="{STEM}message" xmlns:str="{STEM}structure" xmlns:com="{STEM}common">'
    yield from header(identifier)
    yield "  <mes:Structures>"
    yield from lines
    yield "  </mes:Structures>"
    yield "</mes:Structure>"


def header(identifier: str, structure: str = "") -> Iterator[str]:
    """Yield the header of a message."""
    yield f"  <mes:Header><mes:ID>{identifier}</mes:ID><mes:Test>false</mes:Test>"
    yield f'    <mes:Prepared>{PREPARED}</mes:Prepared><mes:Sender id="NSO"/>{structure}</mes:Header>'


def schemes(cls: str, item: str, table: dict[tuple[str, str, str], tuple[Row, ...]]) -> Iterator[str]:
    """Yield item schemes with their items."""
    yield f"    <str:{cls}s>"
    for (agency, name, version), rows in table.items():
        owner = f"{agency}:{name}({version})"
        yield f'      <str:{cls} id="{name}" urn="{urn(cls, owner)}" agencyID="{agency}" version="{version}">'
        yield f'        <com:Name xml:lang="en">{name}</com:Name>'
        for identifier, label, *texts in rows:
            yield f'        <str:{item} id="{identifier}" urn="{urn(item, f"{owner}.{identifier}")}">'
            yield f'          <com:Name xml:lang="en">{escape(label)}</com:Name>'
            yield from (f'          <com:Description xml:lang="en">{escape(text)}</com:Description>' for text in texts)
            yield f"        </str:{item}>"
        yield f"      </str:{cls}>"
    yield f"    </str:{cls}s>"


def structures() -> Iterator[str]:
    """Yield dataflows and data structures."""
    yield "    <str:Dataflows>"
    for (agency, name), (title, _) in STRUCTURES.items():
        identity = urn("Dataflow", f"{agency}:DF_{name}(1.0.0)")
        yield f'      <str:Dataflow id="DF_{name}" urn="{identity}" agencyID="{agency}" version="1.0.0">'
        yield f'        <com:Name xml:lang="en">{title}</com:Name>'
        yield f"        <str:Structure>{urn('DataStructure', f'{agency}:DSD_{name}(1.0.0)')}</str:Structure>"
        yield "      </str:Dataflow>"
    yield "    </str:Dataflows>"
    yield "    <str:DataStructures>"
    for (agency, name), (title, components) in STRUCTURES.items():
        whole = f"{agency}:DSD_{name}(1.0.0)"
        identity = urn("DataStructure", whole)
        yield f'      <str:DataStructure id="DSD_{name}" urn="{identity}" agencyID="{agency}" version="1.0.0">'
        yield f'        <com:Name xml:lang="en">{title}</com:Name>'
        yield "        <str:DataStructureComponents>"
        for kind, holder in (
            ("Dimension", "DimensionList"),
            ("Attribute", "AttributeList"),
            ("Measure", "MeasureList"),
        ):
            own = [item for item in components if item[0] == kind]
            if own:
                yield f'          <str:{holder} id="{kind}Descriptor">'
                for place, item in enumerate(own, start=1):
                    yield from component(item, place)
                if kind == "Dimension":
                    yield from component(("TimeDimension", "TIME_PERIOD", "TIME", "GregorianYear"), 0)
                yield f"          </str:{holder}>"
        yield "        </str:DataStructureComponents>"
        yield "      </str:DataStructure>"
    yield "    </str:DataStructures>"


def component(item: Row, place: int) -> Iterator[str]:
    """Yield a component of a data structure."""
    kind, name, concept, values = item
    extra = {"Dimension": f' position="{place}"', "Attribute": ' usage="optional"'}.get(kind, "")
    listed = f"<str:Enumeration>{urn('Codelist', values)}</str:Enumeration>"
    yield f'            <str:{kind} id="{name}"{extra}>'
    identity = urn("Concept", f"NSO:CS_OFFICE(2.0.0).{concept}")
    yield f"              <str:ConceptIdentity>{identity}</str:ConceptIdentity>"
    form = listed if "(" in values else f'<str:TextFormat textType="{values}"/>'
    yield f"              <str:LocalRepresentation>{form}</str:LocalRepresentation>"
    if kind == "Attribute":
        yield "              <str:AttributeRelationship><str:Observation/></str:AttributeRelationship>"
    yield f"            </str:{kind}>"


def table(flow: str, columns: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of an SDMX-CSV 2.0 file."""
    yield ",".join(("STRUCTURE", "STRUCTURE_ID", "ACTION", *columns))
    for row in rows:
        yield ",".join(("dataflow", flow, "I", *row))


def emissions() -> Iterator[str]:
    """Yield the lines of a structure-specific message, SDMX-ML 3.0."""
    flow = urn("Dataflow", "NSO.AIR:DF_EMISSIONS(1.0.0)")
    told = (
        f'<mes:Structure structureID="AIR" namespace="{flow}:ObsLevelDim:TIME_PERIOD" dimensionAtObservation="TIME_PERIOD">'
        f"<com:StructureUsage>{flow}</com:StructureUsage></mes:Structure>"
    )
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<mes:StructureSpecificData xmlns:mes="{STEM}message" xmlns:com="{STEM}common"'
    yield f'    xmlns:ss="{STEM}data/structurespecific" xmlns:air="{flow}:ObsLevelDim:TIME_PERIOD"'
    yield '    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    yield from header("EMISSIONS", told)
    yield '  <mes:DataSet ss:structureRef="AIR" xsi:type="air:DataSetType" ss:dataScope="DataStructure" ss:action="Replace">'
    for region, source, year, mass in EMISSIONS:
        if year == YEARS[0]:
            yield f'    <Series REG="{region}" CLASS="{source}">'
        yield f'      <Obs TIME_PERIOD="{year}" MASS="{mass}"/>'
        if year == YEARS[-1]:
            yield "    </Series>"
    yield "  </mes:DataSet>"
    yield "</mes:StructureSpecificData>"


VARIABLES = (
    ("months", "Months lived at the address", "numeric"),
    ("income", "Income of the household", "numeric"),
    ("sex", "Sex", "character"),
)
"""The variables of the census records: name, label, kind of value."""


def codebook() -> Iterator[str]:
    """Yield the lines of the codebook of the census, DDI-Codebook 2.5."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<codeBook xmlns="ddi:codebook:2_5" version="2.5">'
    yield "  <stdyDscr><citation><titlStmt><titl>Census 2024</titl><IDNo>CENSUS-2024</IDNo></titlStmt></citation></stdyDscr>"
    yield f'  <fileDscr ID="F1" ddiCodebookUrn="urn:ddi:{DDI}:census-records:1"><fileTxt><fileName>census.csv</fileName>'
    yield "    <dimensns><caseQnty>760</caseQnty><varQnty>3</varQnty></dimensns></fileTxt></fileDscr>"
    yield "  <dataDscr>"
    for name, label, kind in VARIABLES:
        yield f'    <var ID="V-{name}" name="{name}" files="F1" ddiCodebookUrn="urn:ddi:{DDI}:census-{name}:1">'
        yield f'      <labl>{label}</labl><varFormat type="{kind}"/></var>'
    yield "  </dataDscr>"
    yield "</codeBook>"


UNITS = (("person", "Person"), ("plant", "Plant"))
CONCEPTUAL = (
    ("people", "Number of persons who live somewhere", "person"),
    ("region", "Region where something is", ""),
    ("time", "Year of something", ""),
    ("activity", "Activity of a plant", "plant"),
    ("output", "Output of a plant", "plant"),
    ("emissions", "Emissions of a plant", "plant"),
    ("sex", "Sex of a person", "person"),
)
REPRESENTED = (
    ("people", "Persons, counted", "people"),
    ("region-1", "Region, by the list of 2010", "region"),
    ("region-2", "Region, by the list of 2020", "region"),
    ("time", "Year, four digits", "time"),
    ("activity", "Activity, by the list of activities", "activity"),
    ("source", "Activity, by the list of sources of emissions", "activity"),
    ("output", "Output, in millions", "output"),
    ("emissions", "Emissions, in kilotonnes", "emissions"),
    ("sex", "Sex, by its list", "sex"),
)
QUESTIONS = (
    ("months", "For how many months have you lived here?"),
    ("income", "What did your household earn last year?"),
)


def lifecycle() -> Iterator[str]:
    """Yield the lines of the shared variables and the questionnaire, DDI-Lifecycle 3.3."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<FragmentInstance xmlns="ddi:instance:3_3" xmlns:r="ddi:reusable:3_3" xmlns:c="ddi:conceptualcomponent:3_3"'
    yield '    xmlns:l="ddi:logicalproduct:3_3" xmlns:d="ddi:datacollection:3_3">'
    for name, label in UNITS:
        meaning = [reference("r:ConceptReference", f"concept-{name}", "Concept")]
        yield from fragment("c:Concept", f"concept-{name}", "c:ConceptName", label)
        yield from fragment("c:UnitType", f"unit-{name}", "r:Name", label, meaning)
    for name, label, unit in CONCEPTUAL:
        tail = [reference("r:UnitTypeReference", f"unit-{unit}", "UnitType")] if unit else []
        yield from fragment("c:ConceptualVariable", f"cv-{name}", "c:ConceptualVariableName", label, tail)
    for name, label, conceptual in REPRESENTED:
        tail = [reference("r:ConceptualVariableReference", f"cv-{conceptual}", "ConceptualVariable")]
        yield from fragment("l:RepresentedVariable", f"rv-{name}", "l:RepresentedVariableName", label, tail)
    for name, text in QUESTIONS:
        asked = f'<d:QuestionText><d:LiteralText><d:Text xml:lang="en">{text}</d:Text></d:LiteralText></d:QuestionText>'
        yield from fragment("d:QuestionItem", f"q-{name}", "d:QuestionItemName", "", [asked])
    yield "</FragmentInstance>"


def identity(name: str) -> str:
    """Return what names a thing of DDI-Lifecycle."""
    return f"<r:URN>urn:ddi:{DDI}:{name}:1</r:URN><r:Agency>{DDI}</r:Agency><r:ID>{name}</r:ID><r:Version>1</r:Version>"


def reference(tag: str, name: str, kind: str) -> str:
    """Return a reference to a thing of DDI-Lifecycle."""
    return f"<{tag}>{identity(name)}<r:TypeOfObject>{kind}</r:TypeOfObject></{tag}>"


def fragment(tag: str, name: str, named: str, label: str, tail: Iterable[str] = ()) -> Iterator[str]:
    """Yield a fragment with one thing."""
    yield f'  <Fragment xmlns="ddi:instance:3_3"><{tag}>{identity(name)}'
    yield f"    <{named}><r:String>{name}</r:String></{named}>"
    if label:
        yield f'    <r:Label><r:Content xml:lang="en">{label}</r:Content></r:Label>'
    yield from (f"    {line}" for line in tail)
    yield f"  </{tag}></Fragment>"


def files() -> dict[str, Iterator[str]]:
    """Return the lines of every file by its name."""
    codelists = schemes("Codelist", "Code", CODELISTS)
    parts = chain(codelists, schemes("ConceptScheme", "Concept", CONCEPTS), structures())
    return {
        "structures.xml": message("STRUCTURES", parts),
        "data/population.csv": table(
            "NSO.PEOPLE:DF_POPULATION(1.0.0)", ("REGION", "TIME_PERIOD", "PEOPLE"), POPULATION
        ),
        "data/legacy.csv": table("NSO.PEOPLE:DF_POPULATION(1.0.0)", ("REGION", "TIME_PERIOD", "PEOPLE"), LEGACY),
        "data/output.csv": table("NSO.INDUSTRY:DF_OUTPUT(1.0.0)", ("AREA", "CLASS", "TIME_PERIOD", "VALUE"), OUTPUT),
        "data/emissions.xml": emissions(),
        "study/census.xml": codebook(),
        "study/variables.xml": lifecycle(),
    }


def main(into: Path | None = None) -> None:
    """Write every file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=HERE, help="folder to write to (default: beside this script)")
    folder: Path = into or parser.parse_args().into
    for name, lines in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
