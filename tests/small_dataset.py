"""A small structure and data that fit it, as bytes that tests may break: FREQ.AREA.TIME_PERIOD, OBS_VALUE, STATUS, NOTE."""

# ruff: noqa: E501 - messages are easier to read in one piece

from sdmx_messages import STEM, message


def _identity(name: str) -> str:
    return f'<s:ConceptIdentity><Ref agencyID="A" maintainableParentID="CS" maintainableParentVersion="1.0" id="{name}"/></s:ConceptIdentity>'


def _coded(name: str) -> str:
    return f'<s:LocalRepresentation><s:Enumeration><Ref agencyID="A" id="{name}" version="1.0"/></s:Enumeration></s:LocalRepresentation>'


def _text(kind: str) -> str:
    return f'<s:LocalRepresentation><s:TextFormat textType="{kind}"/></s:LocalRepresentation>'


def _attribute(name: str, status: str, representation: str) -> str:
    return (
        f'<s:Attribute id="{name}" assignmentStatus="{status}">{_identity(name)}{representation}'
        '<s:AttributeRelationship><s:PrimaryMeasure><Ref id="OBS_VALUE"/></s:PrimaryMeasure></s:AttributeRelationship></s:Attribute>'
    )


def _list(name: str, *codes: str) -> str:
    items = "".join(f'<s:Code id="{code}"><c:Name xml:lang="en">{code}</c:Name></s:Code>' for code in codes)
    return f'<s:Codelist agencyID="A" id="{name}" version="1.0"><c:Name>{name}</c:Name>{items}</s:Codelist>'


_NAMES = ("FREQ", "AREA", "TIME_PERIOD", "OBS_VALUE", "STATUS", "NOTE")
FREQ = _list("CL_FREQ", "A", "Q", "M")
AREA = _list("CL_AREA", "KE", "NA", "ZA")
STATUS = _list("CL_STATUS", "A", "E")
CONCEPTS = (
    '<s:Concepts><s:ConceptScheme agencyID="A" id="CS" version="1.0"><c:Name>n</c:Name>'
    + "".join(f'<s:Concept id="{name}"><c:Name>{name}</c:Name></s:Concept>' for name in _NAMES)
    + "</s:ConceptScheme></s:Concepts>"
)


def dsd(name: str = "D") -> str:
    """The data structure, under any id."""
    return (
        f'<s:DataStructure agencyID="A" id="{name}" version="1.0"><c:Name>n</c:Name><s:DataStructureComponents>\n'
        '<s:DimensionList id="DimensionDescriptor">'
        f'<s:Dimension id="FREQ">{_identity("FREQ")}{_coded("CL_FREQ")}</s:Dimension>\n'
        f'<s:Dimension id="AREA">{_identity("AREA")}{_coded("CL_AREA")}</s:Dimension>\n'
        f'<s:TimeDimension id="TIME_PERIOD">{_identity("TIME_PERIOD")}{_text("ObservationalTimePeriod")}</s:TimeDimension></s:DimensionList>\n'
        f'<s:AttributeList id="AttributeDescriptor">{_attribute("STATUS", "Mandatory", _coded("CL_STATUS"))}{_attribute("NOTE", "Conditional", _text("String"))}</s:AttributeList>\n'
        f'<s:MeasureList id="MeasureDescriptor"><s:PrimaryMeasure id="OBS_VALUE">{_identity("OBS_VALUE")}{_text("Decimal")}</s:PrimaryMeasure></s:MeasureList>'
        "</s:DataStructureComponents></s:DataStructure>"
    )


def structure(*, lists: str = FREQ + AREA + STATUS, structures: str | None = None) -> bytes:
    """The structure message."""
    held = dsd() if structures is None else structures
    return message(
        f"<s:Codelists>{lists}</s:Codelists>\n{CONCEPTS}\n<s:DataStructures>{held}</s:DataStructures>", version="2_1"
    )


HEADER = "FREQ,AREA,TIME_PERIOD,OBS_VALUE,STATUS,NOTE"
ROWS = ("A,KE,2020,1.5,A,", "A,NA,2020,2,A,first", "Q,ZA,2020-Q1,3,E,")
CSV = "\n".join((HEADER, *ROWS, "")).encode()
"""Three observations, without a fault."""


def ml(series: str, *, name: str = "D", agency: str = "A") -> bytes:
    """A structure-specific data message; ``series`` begins on line 5."""
    urn = f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={agency}:{name}(1.0):ObsLevelDim:TIME_PERIOD"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<m:StructureSpecificData xmlns:m="{STEM}2_1/message" xmlns:c="{STEM}2_1/common" xmlns:g="{STEM}2_1/data/structurespecific" xmlns:d="{urn}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<m:Header><m:ID>X</m:ID><m:Test>false</m:Test><m:Prepared>2024-01-01T00:00:00</m:Prepared><m:Sender id="A"/><m:Structure structureID="S" namespace="{urn}" dimensionAtObservation="TIME_PERIOD"><c:Structure><Ref agencyID="{agency}" id="{name}" version="1.0"/></c:Structure></m:Structure></m:Header>
<m:DataSet g:structureRef="S" xsi:type="d:DataSetType" g:dataScope="DataStructure" action="Replace">
{series}
</m:DataSet>
</m:StructureSpecificData>
""".encode()


SERIES = """<Series FREQ="A" AREA="KE">
<Obs TIME_PERIOD="2020" OBS_VALUE="1.5" STATUS="A"/>
</Series>
<Series FREQ="A" AREA="NA">
<Obs TIME_PERIOD="2020" OBS_VALUE="2" STATUS="A" NOTE="first"/>
</Series>"""
ML = ml(SERIES)
"""Two observations, without a fault."""
