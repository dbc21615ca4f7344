"""Structure messages of SDMX-ML 2.1, 3.0 and 3.1, from native artefacts to bytes; what cannot be said is on the account."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast, get_args

from semstat.interop.formats.sdmx.account import Account
from semstat.interop.formats.sdmx.dialects import Dialect
from semstat.interop.formats.sdmx.fit import fit_head
from semstat.interop.formats.sdmx.fit_constraints import fit_constraint
from semstat.interop.formats.sdmx.fit_items import fit_item_scheme
from semstat.interop.formats.sdmx.fit_maps import fit_maps
from semstat.interop.formats.sdmx.fit_structures import fit_data_structure, fit_dataflow, fit_provision_agreement
from semstat.interop.formats.sdmx.fit_tables import fit_table
from semstat.interop.formats.sdmx.header import Header
from semstat.interop.formats.sdmx.lift_tables import Anonymous, holder_of
from semstat.interop.formats.sdmx.model import (
    Artefact,
    Constraint,
    Dataflow,
    DataStructure,
    ItemScheme,
    OtherArtefact,
    ProvisionAgreement,
    Registration,
    ReportedMetadata,
    TabledArtefact,
)
from semstat.interop.formats.sdmx.serialise_constraints import constraint_element
from semstat.interop.formats.sdmx.serialise_facts import fact_elements, head_attributes, party_element, text
from semstat.interop.formats.sdmx.serialise_items import scheme_element
from semstat.interop.formats.sdmx.serialise_raw import assembled, raw_of
from semstat.interop.formats.sdmx.serialise_structures import (
    agreement_element,
    dataflow_element,
    structure_element,
)
from semstat.interop.formats.sdmx.serialise_tables import table_element
from semstat.interop.formats.sdmx.target import Writing
from semstat.interop.formats.sdmx.xml_text import Element, escaped, lines

__all__ = ["fitted_elements", "serialise"]

_Fit = Callable[[Artefact, Writing], Artefact | None]
_Write = Callable[[Artefact, Writing], Element]


def _fit_other(artefact: OtherArtefact, writing: Writing) -> OtherArtefact | None:
    """Return an artefact that is not interpreted, if what was kept of it is in the words of the target."""
    element = artefact.head.element
    if element not in writing.dialect.elements or writing.source[:1] != writing.dialect.version[:1]:
        message = f"{element} is not interpreted, and what was kept of it is not SDMX-ML {writing.dialect.version}"
        writing.entry.lose("IO201", f"it is left out: {message}")
        return None
    return OtherArtefact(fit_head(artefact.head, writing))


def _fit_reported(artefact: ReportedMetadata, writing: Writing) -> None:
    """Leave out a metadata set of 2.1, which no structure message holds."""
    writing.entry.lose("IO201", "a metadata set is left out: structure messages hold none", value=artefact.set_id)


def _fit_registration(artefact: Registration, writing: Writing) -> None:
    """Leave out a registration, which no structure message holds."""
    message = "a registration is left out: structure messages hold none, registry messages do"
    writing.entry.lose("IO201", message, value=artefact.id or artefact.simple_source)


def _other_element(artefact: OtherArtefact, writing: Writing) -> Element:
    head = artefact.head
    raw = raw_of(head, writing)
    children = (*fact_elements(head.facts, writing), *raw.elements)
    return assembled(f"str:{head.element}", (*head_attributes(head, writing), *raw.attributes), children)


_HANDLERS: Mapping[type, tuple[_Fit, _Write]] = {
    kind: (cast(_Fit, fit), cast(_Write, write))
    for kind, fit, write in (
        (ItemScheme, fit_item_scheme, scheme_element),
        (DataStructure, fit_data_structure, structure_element),
        (Dataflow, fit_dataflow, dataflow_element),
        (ProvisionAgreement, fit_provision_agreement, agreement_element),
        (Constraint, fit_constraint, constraint_element),
        (OtherArtefact, _fit_other, _other_element),
        (ReportedMetadata, _fit_reported, _other_element),
        (Registration, _fit_registration, _other_element),
        *((kind, fit_table, table_element) for kind in get_args(TabledArtefact)),
    )
}
"""How each class of artefacts is fitted to a dialect and written."""


def serialise(
    artefacts: Iterable[Artefact], dialect: Dialect, header: Header, account: Account, *, source: str = ""
) -> Iterator[str]:
    """Yield the text of a structure message, line by line; the same artefacts give the same text.

    Args:
        artefacts: What to write; within a container they keep their order.
        dialect: The version to write.
        header: Who sends what; it must have ``id``, ``prepared`` and ``sender``.
        account: Receives what the version cannot say (IO201 to IO212).
        source: The version of SDMX that the artefacts were read from, ``""`` if that is not known.

    Raises:
        ValueError: the header lacks a part that the schema demands.

    Source:
        SDMX 2.1, 3.0 and 3.1, SDMXMessage.xsd, ``StructureType``.
    """
    if header.id is None or header.prepared is None or header.sender is None:
        raise ValueError("a message needs an id, a date of preparation and a sender")
    held = fitted_elements(artefacts, dialect, account, source=source)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    spaces = "".join(
        f' xmlns:{name[:3]}="{escaped(dialect.stem + name)}"' for name in ("message", "structure", "common")
    )
    yield f"<mes:Structure{spaces}>\n"
    yield from lines(_header(header), 1)
    yield "  <mes:Structures>\n"
    for container, kinds in dialect.containers:
        children = tuple(element for kind in kinds for element in held.get(kind, ()))
        if children:
            yield from lines(Element(f"str:{container}", children=children), 2)
    yield "  </mes:Structures>\n</mes:Structure>\n"


def fitted_elements(
    artefacts: Iterable[Artefact], dialect: Dialect, account: Account, *, source: str = ""
) -> dict[str, list[Element]]:
    """Return the elements that artefacts become, by the name of the element."""
    held: dict[str, list[Element]] = {}
    for artefact in fit_maps(artefacts, dialect, account):
        named = holder_of(artefact) if isinstance(artefact, Anonymous) else artefact.head
        writing = Writing(dialect, account.of(named.name if named is not None else None), source)
        fit, write = _HANDLERS[type(artefact)]
        fitted = fit(artefact, writing)
        if fitted is not None:
            element = write(fitted, writing)
            held.setdefault(element.local, []).append(element)
            account.written += 1
    return held


def _header(header: Header) -> Element:
    children = [
        Element("mes:ID", text=header.id or ""),
        Element("mes:Test", text="true" if header.test else "false"),
        Element("mes:Prepared", text=header.prepared or ""),
    ]
    if header.sender is not None:
        children.append(party_element("mes:Sender", header.sender))
    children += [party_element("mes:Receiver", party) for party in header.receivers]
    children += [text("com:Name", name) for name in header.names]
    children += [text("mes:Source", said) for said in header.sources]
    return Element("mes:Header", children=tuple(children))
