"""What a reference leads to: the structure, and all whose constraints narrow what data may hold."""

from pathlib import Path

from semstat.interop import read
from semstat.interop.formats.dataset import StructureRef
from semstat.interop.structures import Structures

EXAMPLE = Path(__file__).parents[2] / "examples" / "population" / "structure.xml"


def test_an_agreement_brings_its_provider_and_its_dataflow_into_scope() -> None:
    structures = Structures(read(EXAMPLE).graph)
    agreement = next(name for name in structures.names() if name.startswith("ProvisionAgreement"))
    agency, _, rest = agreement.partition(" ")[2].partition(":")
    identifier, _, version = rest.removesuffix(")").partition("(")
    resolved = structures.resolve(StructureRef("ProvisionAgreement", agency, identifier, version))
    kinds = [str(iri).partition("/sdmx/")[2].partition("/")[0].partition(".")[2] for iri in resolved.scope]
    assert kinds == ["ProvisionAgreement", "DataProvider", "Dataflow"]
