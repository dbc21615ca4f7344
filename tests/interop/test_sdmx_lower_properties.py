"""The laws on generated artefacts: lowering inverts lifting, and what is written in SDMX-ML 3.0 and JSON is read again."""

from hypothesis import HealthCheck, given, settings
from sdmx_laws import lifted, normal
from sdmx_values import codelists, constraints
from sdmx_writing import HEADER

from semstat.interop.formats.sdmx.account import Account
from semstat.interop.formats.sdmx.dialects import DIALECTS
from semstat.interop.formats.sdmx.json_structure import parse_json_message
from semstat.interop.formats.sdmx.json_write import serialise_json
from semstat.interop.formats.sdmx.lower_message import lower_graph
from semstat.interop.formats.sdmx.model import Message
from semstat.interop.formats.sdmx.parse import parse_message
from semstat.interop.formats.sdmx.serialise import serialise

GENTLY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def inverted(artefact) -> None:
    graph, _ = lifted(Message("generated", "none", (artefact,)))
    (found,) = lower_graph(graph)
    assert normal(found) == normal(artefact)


def read_again(artefact) -> None:
    account = Account("sdmx-ml-3.0-structure")
    data = "".join(serialise((artefact,), DIALECTS["3.0"], HEADER, account, source="3.0")).encode()
    (found,) = parse_message(data, origin="again.xml").artefacts
    if not account.losses:
        assert normal(found) == normal(artefact)
    account = Account("sdmx-json-2.0-structure")
    text = serialise_json((artefact,), "2.0", HEADER, account, source="3.0")
    (found,) = parse_json_message(text.encode(), origin="again.json").artefacts
    if not [item for item in account.losses if HEADER.prepared not in item.message]:
        assert normal(found) == normal(artefact)


@GENTLY
@given(codelists())
def test_codelists(artefact) -> None:
    inverted(artefact)
    read_again(artefact)


@GENTLY
@given(constraints())
def test_constraints(artefact) -> None:
    inverted(artefact)
    read_again(artefact)
