"""Registrations of SDMX-ML 2.0 in the words of 2.1.

Source:
    SDMX 2.0, SDMXRegistry.xsd, ``RegistrationType``, ``ResultType`` and ``RegistrationStatusType``.
"""

from collections.abc import Iterable, Mapping

from lxml import etree

from semstat.interop.formats.sdmx.ml20 import Transcriber, known_elements

__all__ = ["registration_20"]

_DATES = {"LastUpdated": "lastUpdated", "ValidFrom": "validFrom", "ValidTo": "validTo", "Action": "action"}
_FLOWS: Mapping[str, tuple[str, tuple[str, str, str]]] = {
    "DataflowRef": ("Dataflow", ("AgencyID", "DataflowID", "Version")),
    "MetadataflowRef": ("Metadataflow", ("AgencyID", "MetadataflowID", "Version")),
    "MetadaflowRef": ("Metadataflow", ("AgencyID", "MetadataflowID", "Version")),
}
"""The references to flows; the schema of 2.0 misspells one of them."""
_PROVIDER = ("OrganisationSchemeAgencyID", "OrganisationSchemeID", "Version")
_AGREED_PROVIDER = ("OrganisationSchemeAgencyID", "OrganisationSchemeID", "DataProviderVersion")
_AGREED_FLOW = ("DataflowAgencyID", "DataflowID", "DataflowVersion")
_ADDRESSES = {"DataUrl": "DataURL", "WSDLUrl": "WSDLURL"}


def registration_20(to: Transcriber, element: etree._Element) -> etree._Element:
    """Return a registration, result or status of 2.0 as a registration in the words of 2.1, on the same line."""
    stated = {_DATES[name]: (child.text or "").strip() for name, child in _named(to, element) if name in _DATES}
    made = to.new(element, "Registration", stated, kind="registry")
    for name, child in _named(to, element):
        if name in _FLOWS:
            cls, fields = _FLOWS[name]
            to.old_reference(made, child, cls, cls, fields)
            _within(to, made, child, fields)
        elif name == "ProvisionAgreementRef":
            _agreement(to, made, child)
        elif name == "DataProviderRef":
            _provider(to, made, child, _PROVIDER)
            _within(to, made, child, (*_PROVIDER, "DataProviderID"))
        elif name == "Datasource":
            _data_source(to, made, child)
        elif name not in _DATES and name != "StatusMessage":
            to.keep(made, child)
    to.keep_attributes(element, made, ())
    return made


def _named(to: Transcriber, element: etree._Element) -> list[tuple[str, etree._Element]]:
    return [(to.local(child) or "", child) for child in known_elements(element)]


def _agreement(to: Transcriber, made: etree._Element, child: etree._Element) -> None:
    """Put a reference to an agreement over: by its URN, or by the flow and the provider that it joins."""
    urn = to.part_text(child, "URN")
    if urn:
        holder = to.add(made, child, "ProvisionAgreement", kind="registry")
        etree.SubElement(holder, "URN").text = to.urn(urn)
    if to.part_text(child, "DataflowID"):
        to.old_reference(made, child, "Dataflow", "Dataflow", _AGREED_FLOW)
    if to.part_text(child, "DataProviderID"):
        _provider(to, made, child, _AGREED_PROVIDER)
    _within(to, made, child, (*_AGREED_FLOW, *_AGREED_PROVIDER, "DataProviderID"))


def _provider(to: Transcriber, made: etree._Element, child: etree._Element, fields: tuple[str, str, str]) -> None:
    agency, scheme, version = (to.part_text(child, key) for key in fields)
    target = {
        "id": to.part_text(child, "DataProviderID"),
        "maintainableParentID": scheme,
        "maintainableParentVersion": version,
        "agencyID": agency,
        "class": "DataProvider",
    }
    to.reference(made, child, "DataProvider", target)


def _within(to: Transcriber, made: etree._Element, reference: etree._Element, fields: Iterable[str]) -> None:
    """Put over what a reference holds beside the name: a source of its own, and a constraint, which is kept."""
    known = {"URN", *fields}
    for name, child in _named(to, reference):
        if name == "Datasource":
            _data_source(to, made, child)
        elif name == "Constraint":
            to.keep(made, child, known=True)
        elif name not in known:
            to.keep(made, child)


def _data_source(to: Transcriber, made: etree._Element, child: etree._Element) -> None:
    holder = to.add(made, child, "Datasource", kind="registry")
    for name, one in _named(to, child):
        if name == "SimpleDatasource":
            to.add(holder, one, "SimpleDataSource", text=(one.text or "").strip(), kind="registry")
        elif name == "QueryableDatasource":
            asked = to.add(
                holder, one, "QueryableDataSource", {str(k): str(v) for k, v in one.attrib.items()}, kind="registry"
            )
            for inner, address in _named(to, one):
                if inner in _ADDRESSES:
                    to.add(asked, address, _ADDRESSES[inner], text=(address.text or "").strip(), kind="common")
                else:
                    to.keep(asked, address)
        else:
            to.keep(holder, one)
