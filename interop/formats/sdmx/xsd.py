"""The schema of a structure's data: what XML Schema can say of structure-specific messages of one data structure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from semstat.interop.formats.sdmx.write_ml import namespace_of
from semstat.interop.formats.sdmx.write_ml_places import ALL_DIMENSIONS, Group, Places, places
from semstat.interop.formats.sdmx.write_ml_text import attribute_value
from semstat.interop.formats.sdmx.xsd_types import simple_type, type_name
from semstat.ontology.iri import SdmxName
from semstat.validators.structural.view import ComponentView, StructureView

__all__ = ["data_schema"]

_STEM = "http://www.sdmx.org/resources/sdmxml/schemas/v"
_START_DAY = "REPORTING_YEAR_START_DAY"


def data_schema(
    view: StructureView,
    named: SdmxName,
    *,
    at: str | None = None,
    version: Literal["2.1", "3.0", "3.1"] = "2.1",
    multilingual: Collection[str] = (),
    mandatory: bool = False,
    schemas: str = "",
    namespace: str | None = None,
) -> str:
    """Return the schema of structure-specific data messages.

    It restricts the types of the standard's own schemas, so that a message is judged with both: every dimension is required
    where it stands, every component has its code list or its text format and facets, and nothing else is allowed. What XML
    Schema cannot say (keys, constraints, periods that fit the frequency) is left to ``semstat validate``.

    Args:
        view: The structure.
        named: What the messages cite: the structure, or a dataflow or agreement over it.
        at: The dimension at the observation; by default time, else ``AllDimensions``.
        version: Version of SDMX-ML.
        multilingual: Components whose texts come in languages (3.0 and 3.1).
        mandatory: Require mandatory attributes too. The standard leaves attributes optional, because an update may give
            some of them only.
        schemas: Where the standard's schemas are, put before their file names.
        namespace: The namespace of the messages; by default as the standard advises, after what they cite and their layout.

    Returns:
        The text of one file without any further import; the same text for the same structure.

    Raises:
        NoSuchDimension: the structure has no dimension ``at``.

    Source:
        SDMX 2.1, 3.0 and 3.1, Section 3A, *Structure specific data: schema generation*;
        SDMXDataStructureSpecific.xsd.
    """
    where = at or (view.time.id if view.time else ALL_DIMENSIONS)
    schema = _Schema(view, places(view, where), version, frozenset(multilingual), mandatory, where)
    return "".join(schema.lines(attribute_value(namespace or namespace_of(named, where)), attribute_value(schemas)))


@dataclass(frozen=True, slots=True)
class _Schema:
    view: StructureView
    where: Places
    version: str
    multilingual: frozenset[str]
    mandatory: bool
    at: str

    @property
    def _is_3(self) -> bool:
        return self.version != "2.1"

    @property
    def _groups(self) -> list[Group]:
        """Every group of the structure, with or without attributes of its own."""
        own = {group.id: group.attributes for group in self.where.groups}
        return [Group(name, tuple(members), own.get(name, ())) for name, members in self.view.groups.items()]

    @property
    def _base(self) -> str:
        """What the names of the standard's types begin with: 2.1 has types of their own for time series."""
        time = self.view.time
        return "TimeSeries" if not self._is_3 and time is not None and time.id == self.at else ""

    def lines(self, namespace: str, schemas: str) -> Iterator[str]:
        stem = _STEM + self.version.replace(".", "_")
        specific = f"{stem}/data/structurespecific"
        yield (
            '<?xml version="1.0" encoding="UTF-8"?>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" '
            f'xmlns="{namespace}" xmlns:dsd="{specific}" xmlns:com="{stem}/common"\n    targetNamespace="{namespace}" '
            'elementFormDefault="qualified" attributeFormDefault="unqualified">\n'
            f'  <xs:import namespace="{specific}" schemaLocation="{schemas}SDMXDataStructureSpecific.xsd"/>\n'
            f'  <xs:import namespace="{stem}/common" schemaLocation="{schemas}SDMXCommon.xsd"/>\n'
        )
        yield from dict(filter(None, map(simple_type, self.view.components))).values()
        yield self._dataset()
        yield from self._group_types()
        if self._is_3:
            every = [*(item.id for item in self.view.dimensions), *self._attributes()]
            yield self._complex("AttsType", "AttsType", _COMP, self._uses(every, optional=True))
        if self.where.key:
            children = (_COMP if self._is_3 else "") + _element("Obs", "ObsType", many=True)
            own = self._uses([*self.where.key, *self.where.series])
            yield self._complex(
                "SeriesType", f"{self._base or 'Series'}{'Type'}", children, own + self._time(self.where.key)
            )
        observed = self._uses(self.where.observation)
        children = _COMP if self._is_3 else ""
        kinds = "" if self._base or self._is_3 else _prohibited("type", "com:IDType")
        ours = observed + kinds + self._time(self.where.dimensions)
        yield self._complex("ObsType", f"{self._base}ObsType", children, ours)
        if self._is_3:
            yield from self._comp_types()
        yield "</xs:schema>\n"

    def _dataset(self) -> str:
        groups = _element("Group", "GroupType", many=True) if self.view.groups else ""
        records = _element("Series", "SeriesType") if self.where.key else _element("Obs", "ObsType")
        if self._is_3:
            inner = _element("Atts", "AttsType") + (_element("Group", "GroupType") if groups else "") + records
            children = f'        <xs:choice minOccurs="0" maxOccurs="unbounded">\n{inner}        </xs:choice>\n'
        else:
            several = records.replace("/>", ' maxOccurs="unbounded"/>')
            children = f'{groups}        <xs:choice minOccurs="0">\n{several}        </xs:choice>\n'
        provider = _element("DataProvider", "com:DataProviderReferenceType").replace("/>", ' minOccurs="0"/>')
        own = "" if self._is_3 else self._uses(self.where.dataset)
        return self._complex("DataSetType", f"{self._base}DataSetType", provider + children, own)

    def _group_types(self) -> Iterator[str]:
        if not self.view.groups:
            return
        comp = _COMP if self._is_3 else ""
        kind = '        <xs:attribute name="type" type="GroupType.ID" use="optional"{}/>\n'
        yield self._complex(
            "GroupType",
            "GroupType",
            comp,
            kind.format("") + '        <xs:anyAttribute namespace="##local"/>\n',
            abstract=True,
        )
        ids = "".join(f'      <xs:enumeration value="{name}"/>\n' for name in self.view.groups)
        yield (
            '  <xs:simpleType name="GroupType.ID">\n    <xs:restriction base="com:IDType">\n'
            f"{ids}    </xs:restriction>\n  </xs:simpleType>\n"
        )
        for group in self._groups:
            own = self._uses([*group.dimensions, *group.attributes]) + kind.format(f' fixed="{group.id}"')
            yield self._complex(group.id, "GroupType", comp, own, local=True)

    def _complex(
        self, name: str, base: str, children: str, attributes: str, *, abstract: bool = False, local: bool = False
    ) -> str:
        prefix = "" if local else "dsd:"
        # The start day of the reporting year is a type of the base in 2.1: allowed only where the structure has it.
        if not self._is_3 and f'name="{_START_DAY}"' not in attributes and not abstract:
            attributes += _prohibited(_START_DAY, "xs:gMonthDay")
        marked = ' abstract="true"' if abstract else ""
        return (
            f'  <xs:complexType name="{name}"{marked}>\n    <xs:complexContent>\n      <xs:restriction base="{prefix}{base}">\n'
            '        <xs:sequence>\n        <xs:element ref="com:Annotations" minOccurs="0"/>\n'
            f"{children}        </xs:sequence>\n{attributes}      </xs:restriction>\n    </xs:complexContent>\n"
            "  </xs:complexType>\n"
        )

    def _attributes(self) -> list[str]:
        return [item.id for item in self.view.components if item.role == "attribute"]

    def _uses(self, names: Sequence[str], *, optional: bool = False) -> str:
        return "".join(self._use(item, optional=optional) for name in names if (item := self.view.of(name)) is not None)

    def _use(self, item: ComponentView, *, optional: bool) -> str:
        if self._is_3 and not item.is_dimension and item.facets.get("maxOccurs", "1") != "1":
            return ""
        required = item.is_dimension or (self.mandatory and item.mandatory and item.role == "attribute")
        use = "required" if required and not optional else "optional"
        return f'        <xs:attribute name="{item.id}" type="{type_name(item)}" use="{use}"/>\n'

    def _time(self, stated: Sequence[str]) -> str:
        """Forbid the period on an element where the base has it and it does not stand."""
        return (
            ""
            if "TIME_PERIOD" in stated or self._base
            else _prohibited("TIME_PERIOD", "com:ObservationalTimePeriodType")
        )

    def _is_complex(self, item: ComponentView) -> bool:
        """Tell whether a component may be a ``Comp``: it states how often it occurs, or has texts in languages."""
        several = not {"minOccurs", "maxOccurs"}.isdisjoint(item.facets) or item.id in self.multilingual
        return self._is_3 and not item.is_dimension and several

    def _comp_types(self) -> Iterator[str]:
        for item in self.view.components:
            if not self._is_complex(item):
                continue
            name = f"{item.id}_{'MEASURE' if item.role == 'measure' else 'ATTRIBUTE'}"
            value = "com:TextValueType"
            if item.id not in self.multilingual:
                value = f"{item.id}_VALUE"
                yield (
                    f'  <xs:complexType name="{value}">\n    <xs:simpleContent>\n      <xs:restriction base="com:ValueType">\n'
                    f'        <xs:simpleType>\n          <xs:restriction base="{type_name(item)}"/>\n        </xs:simpleType>\n'
                    "      </xs:restriction>\n    </xs:simpleContent>\n  </xs:complexType>\n"
                )
            least, most = item.facets.get("minOccurs", "0"), item.facets.get("maxOccurs", "1")
            often = f' minOccurs="{least}" maxOccurs="{most}"/>'
            child = _element("Value", value).replace("/>", often)
            fixed = f'        <xs:attribute name="id" type="com:NCNameIDType" use="required" fixed="{item.id}"/>\n'
            yield self._complex(name, "CompType", child, fixed)


_COMP = '        <xs:element name="Comp" type="dsd:CompType" form="unqualified" minOccurs="0" maxOccurs="unbounded"/>\n'


def _element(name: str, kind: str, *, many: bool = False) -> str:
    often = ' minOccurs="0" maxOccurs="unbounded"' if many else ""
    return f'        <xs:element name="{name}" type="{kind}" form="unqualified"{often}/>\n'


def _prohibited(name: str, kind: str) -> str:
    return f'        <xs:attribute name="{name}" type="{kind}" use="prohibited"/>\n'
