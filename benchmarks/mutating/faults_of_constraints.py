"""Faults against constraints: ours, which allow what the data have and nothing else.

They are stated as a publisher would state them, in SDMX-ML, and read by the reader of structures.
"""

from io import BytesIO
from itertools import pairwise

from mutating.faults_of_representations import unused
from mutating.messages import Message
from mutating.mutants import KEY, Mutant, Premise
from semstat.interop.reading import read_sources
from semstat.interop.sources import Source
from semstat.ontology.iri import iri_to_urn, parse_urn

_STEM = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/"
_MESSAGE = """<?xml version="1.0" encoding="UTF-8"?>
<m:Structure xmlns:m="{stem}message" xmlns:s="{stem}structure" xmlns:c="{stem}common">
<m:Header><m:ID>OURS</m:ID><m:Test>false</m:Test><m:Prepared>2024-01-01T00:00:00</m:Prepared><m:Sender id="OURS"/></m:Header>
<m:Structures><s:Constraints>
<s:ContentConstraint id="CR_OURS" agencyID="OURS" version="1.0" type="Allowed"><c:Name>What the data have</c:Name>
<s:ConstraintAttachment><s:DataStructure>
<Ref agencyID="{agency}" id="{id}" version="{version}"/>
</s:DataStructure></s:ConstraintAttachment>
{allowed}
</s:ContentConstraint></s:Constraints></m:Structures></m:Structure>"""


def _values(component: str, values: list[str]) -> str:
    given = "".join(f"<c:Value>{value}</c:Value>" for value in values)
    return f'<c:KeyValue id="{component}">{given}</c:KeyValue>'


def _premise(message: Message, allowed: str) -> Premise:
    name = parse_urn(iri_to_urn(str(message.view.iri)))
    if name is None:
        raise LookupError(message.view.iri)
    text = _MESSAGE.format(stem=_STEM, agency=name.agency, id=name.id, version=name.version, allowed=allowed)
    data = text.encode()
    read = read_sources([Source("constraint.xml", lambda: BytesIO(data), len(data))])
    return Premise(tuple(read.document.graph))


def outside_region(message: Message) -> Mutant | None:
    """Put a code of the list that the region of the codes in the data leaves out."""
    for item, place, codes in unused(message):
        if codes:
            region = f'<s:CubeRegion include="true">{_values(item.id, message.values(item.id))}</s:CubeRegion>'
            text = message.replaced(place.value, codes[0])
            return Mutant("DF011", item.id, place.line, text, KEY, _premise(message, region))
    return None


def _pairs(message: Message, one: str, other: str) -> list[tuple[str, str]]:
    """Return which values of two components the data combine, each pair once."""
    found = {}
    for place in message.all_stated(one):
        beside = message.stated(other, message.holder(place))
        if beside is not None:
            found[message.text[slice(*place.value)], message.text[slice(*beside.value)]] = None
    return list(found)


def outside_keys(message: Message) -> Mutant | None:
    """Combine two codes that the data have, and have not together; or a code they have with one they have not."""
    for (one, place, codes), (other, _, _) in pairwise(unused(message)):
        pairs = _pairs(message, one.id, other.id)
        beside = message.stated(other.id, message.holder(place))
        if not pairs or beside is None:
            continue
        kept = message.text[slice(*beside.value)]
        used = [code for code in message.values(one.id) if (code, kept) not in pairs]
        if not [*used, *codes]:
            continue
        keys = "".join(f"<s:Key>{_values(one.id, [a])}{_values(other.id, [b])}</s:Key>" for a, b in pairs)
        premise = _premise(message, f'<s:DataKeySet isIncluded="true">{keys}</s:DataKeySet>')
        text = message.replaced(place.value, [*used, *codes][0])
        # One allowed key is one allowed value of each component, which is found there; of several, the observation is wrong.
        component, line = (one.id, place.line) if len(pairs) == 1 else (None, message.observation_after(place))
        return Mutant("DF012", component, line, text, KEY | {"DF012"}, premise)
    return None
