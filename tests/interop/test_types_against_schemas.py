"""Every data type takes what the official schemas take, but for differences that are meant and listed."""

import re
from xml.sax.saxutils import escape

import pytest
from lxml import etree
from probes import PROBES
from xsd_judge import SchemaResolver, schema_folder

from semstat.interop.formats.sdmx.xsd_types import simple_type, type_name
from semstat.ontology.iri import SdmxName
from semstat.validators.predicates import Range, python_pattern
from semstat.validators.structural.datatypes import TEXT_TYPES
from semstat.validators.structural.facet_table import FACETS
from semstat.validators.structural.view import ComponentView

COMMON = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"
IRI = SdmxName("datastructure", "DataStructure", "TEST", "DSD", "1.0").of_item("Dimension", "N").iri
MEANT = {
    # A count is not negative; the schemas say xs:integer.
    "Count": {"-32769"},
    # Years have four digits, the 53rd week and the 366th day a year that has them (Section 6, 4.2); no type of XML Schema knows.
    "period": {
        "32768",
        "-32769",
        "2147483648",
        "12024-02-29T12:00:00",
        "-0044-03-15T12:00:00",
        "2021-W53",
        "2023-D366",
    },
}
UNLIKE = {
    # What the engine here refuses as a URI depends on its age; XML Schema 1.1 takes any text.
    "URI",
    # The schemas have references as elements, not as text.
    "IdentifiableReference",
    "AttachmentConstraintReference",
    "DataSetReference",
    # The form is that of the standard's samples, and no schema states it.
    "GeospatialInformation",
}


def schema(component: ComponentView) -> etree.XMLSchema:
    defined = simple_type(component)
    text = (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:com="{COMMON}">'
        f'<xs:import namespace="{COMMON}" schemaLocation="SDMXCommon.xsd"/>{defined[1] if defined else ""}'
        f'<xs:element name="v" type="{type_name(component)}"/></xs:schema>'
    )
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(SchemaResolver(schema_folder("3.0"), b""))
    return etree.XMLSchema(etree.fromstring(text.encode(), parser, base_url="file:///schemas/driver.xsd"))


@pytest.mark.parametrize("name", [name for name, kind in TEXT_TYPES.items() if kind.pattern and name not in UNLIKE])
def test_a_data_type_takes_what_its_schema_takes(name) -> None:
    kind = TEXT_TYPES[name]
    judge = schema(ComponentView(IRI, "N", "attribute", mandatory=False, text_type=name))
    differing = set()
    for value in PROBES:
        if value.strip() != value or value in {"#N/A", ""}:
            continue
        lies = Range("", kind.minimum, kind.maximum).holds({"": [value]})
        own = bool(re.search(python_pattern(kind.pattern), value)) and lies
        if own is not judge.validate(etree.fromstring(f"<v>{escape(value)}</v>")):
            differing.add(value)
    assert differing <= MEANT.get(name, set()) | (MEANT["period"] if kind.is_period else set())


@pytest.mark.parametrize("name", FACETS)
@pytest.mark.parametrize("kind", ["String", "Decimal", "DateTime"])
def test_a_facet_that_cannot_be_read_leaves_the_schema_one_that_compiles(kind, name) -> None:
    component = ComponentView(IRI, "N", "attribute", mandatory=False, text_type=kind, facets={name: "nonsense("})
    schema(component)
    schema(
        ComponentView(
            IRI, "N", "attribute", mandatory=False, text_type=kind, facets={"minLength": "9", "maxLength": "1"}
        )
    )
