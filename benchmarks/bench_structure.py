"""The structure of the bench, SDMX-ML 2.1."""

from collections.abc import Iterable, Iterator

from bench_rows import AGES, AREAS, COLUMNS, DIMENSIONS, SEXES, Bench

NAMESPACES = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/"


def structure_lines(bench: Bench) -> Iterator[str]:
    """Yield the lines of the structure message, SDMX-ML 2.1."""
    lists = {
        "CL_FREQ": ["A", "Q", "M"], "CL_REF_AREA": AREAS, "CL_INDICATOR": bench.indicators, "CL_SEX": SEXES,
        "CL_AGE": AGES, "CL_UNIT_MEASURE": ["PS", "PC"], "CL_OBS_STATUS": ["A", "E", "M", "P"], "CL_CONF_STATUS": ["F", "N"],
    }  # fmt: skip
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<mes:Structure xmlns:mes="{NAMESPACES}message" xmlns:str="{NAMESPACES}structure"'
    yield f'    xmlns:com="{NAMESPACES}common">'
    yield "<mes:Header><mes:ID>BENCH</mes:ID><mes:Test>true</mes:Test><mes:Prepared>2026-01-01T00:00:00</mes:Prepared>"
    yield '<mes:Sender id="BENCH"/></mes:Header>'
    yield "<mes:Structures>"
    yield "<str:Codelists>"
    for name, codes in lists.items():
        yield from scheme_lines("Codelist", name, "Code", codes)
    yield "</str:Codelists>"
    yield "<str:Concepts>"
    yield from scheme_lines("ConceptScheme", "CS_BENCH", "Concept", COLUMNS)
    yield "</str:Concepts>"
    yield from _data_structure()
    yield "</mes:Structures>"
    yield "</mes:Structure>"


def scheme_lines(tag: str, name: str, item: str, ids: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a code list or concept scheme."""
    yield f'<str:{tag} id="{name}" agencyID="BENCH" version="1.0"><com:Name xml:lang="en">{name}</com:Name>'
    yield from (f'<str:{item} id="{code}"><com:Name xml:lang="en">{code}</com:Name></str:{item}>' for code in ids)
    yield f"</str:{tag}>"


def _data_structure() -> Iterator[str]:
    yield "<str:DataStructures>"
    yield '<str:DataStructure id="DSD_BENCH" agencyID="BENCH" version="1.0"><com:Name xml:lang="en">Bench</com:Name>'
    yield '<str:DataStructureComponents><str:DimensionList id="DimensionDescriptor">'
    for position, name in enumerate(COLUMNS[DIMENSIONS], start=1):
        yield _component("Dimension", name, f' position="{position}"', _coded(name))
    time = '<str:TextFormat textType="ObservationalTimePeriod"/>'
    yield _component("TimeDimension", "TIME_PERIOD", ' position="6"', time)
    yield '</str:DimensionList><str:AttributeList id="AttributeDescriptor">'
    series = "".join(f'<str:Dimension><Ref id="{name}"/></str:Dimension>' for name in COLUMNS[DIMENSIONS])
    observation = '<str:PrimaryMeasure><Ref id="OBS_VALUE"/></str:PrimaryMeasure>'
    for name, usage, target in (
        ("UNIT_MEASURE", "Mandatory", series),
        ("OBS_STATUS", "Mandatory", observation),
        ("CONF_STATUS", "Conditional", observation),
    ):
        tail = f"<str:AttributeRelationship>{target}</str:AttributeRelationship>"
        yield _component("Attribute", name, f' assignmentStatus="{usage}"', _coded(name), tail)
    yield '</str:AttributeList><str:MeasureList id="MeasureDescriptor">'
    yield _component("PrimaryMeasure", "OBS_VALUE", "", '<str:TextFormat textType="Double"/>')
    yield "</str:MeasureList></str:DataStructureComponents></str:DataStructure>"
    yield "</str:DataStructures>"


def _coded(name: str) -> str:
    return f'<str:Enumeration><Ref id="CL_{name}" agencyID="BENCH" version="1.0"/></str:Enumeration>'


def _component(tag: str, name: str, extra: str, representation: str, tail: str = "") -> str:
    concept = f'<Ref id="{name}" maintainableParentID="CS_BENCH" maintainableParentVersion="1.0" agencyID="BENCH"/>'
    return (
        f'<str:{tag} id="{name}"{extra}><str:ConceptIdentity>{concept}</str:ConceptIdentity>'
        f"<str:LocalRepresentation>{representation}</str:LocalRepresentation>{tail}</str:{tag}>"
    )
