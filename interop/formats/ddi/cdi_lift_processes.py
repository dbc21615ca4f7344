"""What DDI-CDI says of processes, in the words of the hub: commands of steps, what went in and came out, models followed."""

from collections.abc import Iterator

from rdflib import URIRef

from semstat.interop.formats.ddi.cdi_identity import iri_of
from semstat.interop.formats.ddi.cdi_lift import Lifting, texts_of
from semstat.interop.formats.ddi.cdi_nodes import CdiNode
from semstat.ontology.ddi_iri import DdiName
from semstat.ontology.iri import part_of
from semstat.ontology.terms import DCTERMS, PROV, RDF, SKOS
from semstat.ontology.terms_study import SSD

__all__ = ["lift_processes"]


def lift_processes(lifting: Lifting) -> None:
    """Add what steps run, what activities used and brought forth, and which activity of a standard model they are.

    Source:
        DDI-CDI 1.0, Activity (standardModelMapping, entityUsed, entityProduced), Step (script), Parameter (entityBound).
    """
    for node in lifting.nodes.of("Activity"):
        iri = lifting.name(node.iri)
        for target in _referred(lifting, node, "standardModelMapping"):
            lifting.add(iri, SKOS.closeMatch, target)
        for target in _referred(lifting, node, "entityUsed"):
            lifting.add(iri, PROV.used, target)
        for target in _referred(lifting, node, "entityProduced"):
            lifting.add(iri, PROV.generated, target)
        _commands(lifting, node, iri)
    for node in lifting.nodes.of("Parameter"):
        for target in _referred(lifting, node, "entityBound"):
            lifting.add(lifting.name(node.iri), DCTERMS.relation, target)


def _referred(lifting: Lifting, node: CdiNode, term: str) -> Iterator[URIRef]:
    """Yield what references lead to, by address or by identifier."""
    for reference in lifting.nodes.at(node, term):
        if reference.text("uri"):
            yield URIRef(reference.text("uri").strip())
        for irdi in lifting.nodes.at(reference, "ddiReference"):
            parts = [irdi.text(f"{part}Identifier") for part in ("registrationAuthority", "data", "version")]
            if all(parts):
                yield iri_of(DdiName(*parts))


def _commands(lifting: Lifting, node: CdiNode, step: URIRef) -> None:
    """Add the commands that a step runs, written out or in files."""
    languages = [str(text) for text in texts_of(lifting.nodes, node, "scriptingLanguage")]
    number = 0
    for script in lifting.nodes.at(node, "script"):
        for term, text_term, predicate in (
            ("command", "commandContent", SSD.commandText),
            ("commandFile", "uri", SSD.fileUri),
        ):
            for item in lifting.nodes.at(script, term):
                number += 1
                iri = part_of(step, "command", number)
                lifting.add(iri, RDF.type, SSD.Command)
                lifting.add(step, SSD.command, iri)
                for text in texts_of(lifting.nodes, item, text_term):
                    lifting.say(iri, predicate, str(text))
                own = [str(text) for text in texts_of(lifting.nodes, item, "programLanguage")]
                for language in own or languages:
                    lifting.say(iri, SSD.commandLanguage, language)
