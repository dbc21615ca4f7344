"""What a reference leads to: the structure, and all whose constraints narrow what data may hold."""

from pathlib import Path

from semstat.interop import read, validate
from semstat.interop.formats.dataset import StructureRef
from semstat.interop.structures import Structures
from semstat.validators.diagnostics import CheckStatus, Verdict

EXAMPLE = Path(__file__).parents[2] / "examples" / "population" / "structure.xml"


def test_an_agreement_brings_its_provider_and_its_dataflow_into_scope() -> None:
    structures = Structures(read(EXAMPLE).graph)
    agreement = next(name for name in structures.names() if name.startswith("ProvisionAgreement"))
    agency, _, rest = agreement.partition(" ")[2].partition(":")
    identifier, _, version = rest.removesuffix(")").partition("(")
    resolved = structures.resolve(StructureRef("ProvisionAgreement", agency, identifier, version))
    kinds = [str(iri).partition("/sdmx/")[2].partition("/")[0].partition(".")[2] for iri in resolved.scope]
    assert kinds == ["ProvisionAgreement", "DataProvider", "Dataflow"]


def test_a_status_list_that_is_not_at_hand_is_no_reason_to_pass(tmp_path) -> None:
    """Which statuses say that a value is missing, the list tells: without it DF021 is not checked, like DF004."""
    text = EXAMPLE.read_text("utf-8")
    start = text.index('<str:Codelist id="CL_OBS_STATUS"')
    end = text.index("</str:Codelist>", start) + len("</str:Codelist>")
    (tmp_path / "structure.xml").write_text(text[:start] + text[end:], "utf-8")
    report = validate([EXAMPLE.with_name("population.csv")], structure=[tmp_path / "structure.xml"])
    reasons = {item.rule: item.reason for item in report.checks if item.status is CheckStatus.NOT_CHECKED}
    assert reasons == dict.fromkeys(("DF004", "DF021"), "the code list SEMSTAT:CL_OBS_STATUS(1.0) is not at hand")
    assert report.verdict is Verdict.INCOMPLETE
