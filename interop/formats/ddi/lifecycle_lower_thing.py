"""Writing one thing by the table of its kind: the reading tables of DDI-Lifecycle, turned round."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree
from rdflib import Literal, URIRef

from semstat.interop.formats.ddi.ledger import Ledger
from semstat.interop.formats.ddi.lifecycle_elements_write import in_order, last, new, put, route, texted, walked
from semstat.interop.formats.ddi.lifecycle_kinds import Kind, Rule
from semstat.interop.formats.ddi.lifecycle_kinds_all import kind_of
from semstat.interop.formats.ddi.lifecycle_lower_fields import Field, fields_of
from semstat.interop.formats.ddi.lifecycle_lower_kept import Kept, kept_of
from semstat.interop.formats.ddi.lifecycle_lower_names import element_of, fits, name_in
from semstat.interop.formats.ddi.lifecycle_lower_references import Pointing, point
from semstat.ontology.access import number
from semstat.ontology.terms import RDF, SS
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD

__all__ = ["Writer"]

_SEVERAL = (
    "Creator",
    "Publisher",
    "Contributor",
    "InternationalIdentifier",
    "ResponseDomainInMixed",
    "GridResponseDomainInMixed",
)
"""Wrapping elements that hold one thing each."""
_SHARED = ("Citation", "Coverage", "TopicalCoverage")
"""Wrapping elements that there is one of, as there is of those that hold content."""
_REPEATED = ("Label", "AccessPermission")
"""Elements that hold content, and that there may be several of."""
_UNORDERED = (SSD.holds,)
"""What has no order of its own."""


@dataclass(slots=True)
class Writer:
    """What is written so far: which things, and what there is to say of references."""

    ledger: Ledger
    pointing: Pointing
    done: set[URIRef] = field(default_factory=set)

    def write(
        self, iri: URIRef, name: str, parent: etree._Element | None = None, kind: Kind | None = None
    ) -> etree._Element:
        """Return the element that says what is said of a thing, after those before it in ``parent``."""
        element = new(name) if parent is None else put(parent, name)
        kind = kind or kind_of(name.partition(":")[2])
        self.done.add(iri)
        self.ledger.values(iri, SS.position)
        self.ledger.values(iri, SSD.elementName)
        for predicate, _ in kind.fixed:
            self.ledger.values(iri, predicate)
        self._identity(iri, element, kind)
        kept = kept_of(self.ledger, iri, name)
        self.fill(iri, element, name, kind, kept)
        self._held(iri, element, name, kind, kept)
        self.pointing.loose(self.ledger, iri, element, name, kept)
        kept.restore(element, name)
        return element

    def _identity(self, iri: URIRef, element: etree._Element, kind: Kind) -> None:
        ledger = self.ledger
        name = name_in(ledger, iri)
        if kind.level == "part" or kind.pointer is not None:
            return
        if name is None:
            self._repeated(iri, element)
            return
        put(element, "r:URN", ledger.text(iri, SS.urn) or name.urn)
        identifier, version = ledger.text(iri, SS.identifier), ledger.text(iri, SS.version)
        if "#" in iri and identifier is None and version is None:
            return  # what repeats a name says no more than its URN
        identifier, version = identifier or name.id, version or name.version
        if "." not in identifier:  # the pattern of the schema leaves out most of what may stand after a full stop
            for part, value in (("r:Agency", name.agency), ("r:ID", identifier), ("r:Version", version)):
                put(element, part, value)

    def _repeated(self, iri: URIRef, element: etree._Element) -> None:
        """Write the identity of what repeats that of something else, and therefore has no name of its own."""
        around = name_in(self.ledger, URIRef(str(iri).partition("#")[0]))
        identifier = self.ledger.text(iri, SS.identifier)
        if around is not None and identifier is not None:
            put(element, "r:Agency", around.agency)
            put(element, "r:ID", identifier)
            put(element, "r:Version", self.ledger.text(iri, SS.version) or around.version)

    def fill(self, iri: URIRef, element: etree._Element, name: str, kind: Kind, kept: Kept) -> None:
        """Write the fields of a kind, each property where the schema lets it stand first."""
        self._own(iri, element, kind)
        said: set[tuple[URIRef, object]] = set()
        stated = set(self.ledger.graph.predicates(iri))
        own, others = fields_of(name, kind)
        for path, rule, steps in own:
            if not stated.isdisjoint(rule.predicates):
                self._literals(iri, element, path, rule, steps, said, kept)
        parts = [item for item in others if not stated.isdisjoint(item[1].predicates)]
        self._parts(iri, element, name, parts, said, kept)

    def _own(self, iri: URIRef, element: etree._Element, kind: Kind) -> None:
        """Write the element's own text, or where it leads to."""
        if kind.content is not None:
            for text in self.ledger.literals(iri, *kind.content.predicates)[:1]:
                element.text = str(text)
                if text.language:
                    element.set("{http://www.w3.org/XML/1998/namespace}lang", text.language)
        if kind.pointer is not None:
            for target in self.ledger.iris(iri, *kind.pointer.predicates)[:1]:
                point(self.ledger, element, target, self.pointing.of(iri, target), whole=False)

    def _literals(
        self,
        iri: URIRef,
        element: etree._Element,
        path: str,
        rule: Rule,
        steps: tuple[str, ...],
        said: set[tuple[URIRef, object]],
        kept: Kept,
    ) -> None:
        languages: dict[str | None, etree._Element] = {}
        for term in rule.predicates:
            for text in self.ledger.literals(iri, term):
                if (term, text) in said or kept.says(path, text):
                    continue
                if rule.how == "flag" and path.rpartition("/@")[0] and last(element, steps) is None:
                    continue
                said.add((term, text))
                self._literal(element, path, rule, steps, text, languages)

    @staticmethod
    def _literal(
        element: etree._Element,
        path: str,
        rule: Rule,
        steps: tuple[str, ...],
        text: Literal,
        languages: dict[str | None, etree._Element],
    ) -> None:
        attribute = path.rpartition("/")[2].removeprefix("@") if "@" in path else None
        if attribute is not None:
            walked(element, steps).set(attribute, str(text))
            return
        fresh = text.language in languages or rule.how in {"dynamic", "token", "number", "flag"}
        around = "" if len(steps) < 2 else steps[-2].partition(":")[2]
        shared = around in _SHARED or (steps[-1] == "r:Content" and around not in _REPEATED)
        holder = walked(element, steps[:-1], fresh=fresh and bool(languages) and not shared)
        languages[text.language] = holder
        if rule.how == "dynamic":
            texted(put(put(holder, steps[-1]), "d:LiteralText"), "d:Text", text)
        elif rule.how in {"token", "number", "flag"}:
            prescribed = {meant: written for written, meant in rule.words.items()}
            put(holder, steps[-1], prescribed.get(str(text), str(text)))
        else:
            texted(holder, steps[-1], text)

    def _parts(
        self,
        iri: URIRef,
        element: etree._Element,
        name: str,
        rules: Sequence[Field],
        said: set[tuple[URIRef, object]],
        kept: Kept,
    ) -> None:
        for term in dict.fromkeys(predicate for _, rule, _ in rules for predicate in rule.predicates):
            choices = [item for item in rules if term in item[1].predicates]
            before = len(element)
            for target in self._ordered(iri, term):
                if (term, target) in said or (term == SSD.holds and self._elsewhere(iri, target, name, kept)):
                    continue
                if self._one(iri, element, target, choices, kept):
                    self.ledger.values(iri, term)
                    said.add((term, target))
            if term not in _UNORDERED and not in_order(element, before):
                word = str(term).rpartition("#")[2]
                self.ledger.lose("DDI080", f"the `{word}` of a thing stand in the order of the schema", iri, value=word)

    def _ordered(self, iri: URIRef, term: URIRef) -> list[URIRef]:
        graph = self.ledger.graph
        targets = [item for item in graph.objects(iri, term) if isinstance(item, URIRef)]
        if term == SSI.containsNode:  # what is below another code of the list is written there
            below = {child for item in targets for child in graph.objects(item, SSI.hasChildNode)}
            targets = [item for item in targets if item not in below]
        if len(targets) < 2:
            return targets
        order = self.pointing.order.get(iri, {})
        return sorted(
            targets, key=lambda item: (order.get(item, number(graph, item, SS.position) or 0), self.ledger.place(item))
        )

    def _one(
        self,
        iri: URIRef,
        element: etree._Element,
        target: URIRef,
        choices: Sequence[Field],
        kept: Kept,
    ) -> bool:
        """Write what one value of a property says; return whether there is a place for it."""
        ledger = self.ledger
        is_part = name_in(ledger, target) is None or (target, SS.urn, None) in ledger.graph
        for _, rule, steps in sorted(choices, key=lambda item: kept.mixed(item[0])):
            local = steps[-1].partition(":")[2]
            if rule.how == "part" and is_part and target not in self.done and self._is(target, rule, local):
                if element_of(ledger, iri) and self.pointing.refers(iri, target, local):
                    continue
                several = any(step.partition(":")[2] in _SEVERAL for step in steps[:-1])
                holder = walked(element, steps[:-1], fresh=several)
                self.write(target, steps[-1], holder, rule.part_kind)
                return True
            if rule.how == "inside" and is_part and self._within(iri, target, element, rule, choices):
                return True
            if rule.how == "step" and is_part:
                for called in ledger.iris(target, SSD.calls):
                    point(ledger, put(walked(element, steps[:-1]), steps[-1]), called, self.pointing.of(iri, called))
                ledger.cover(target)
                return True
        return self.pointing.write(ledger, iri, target, element, choices)

    def _is(self, target: URIRef, rule: Rule, local: str) -> bool:
        kind = rule.part_kind or kind_of(local)
        if kind.level == "part" and (target, SS.urn, None) in self.ledger.graph:
            return False
        stated = next(iter(self.ledger.graph.objects(target, SSD.elementName)), None)
        if stated is not None and str(stated).partition(":")[2] != local:
            return False
        referred = kind.pointer is not None
        has_domain = (target, SSI.hasSubstantiveValueDomain, None) in self.ledger.graph
        in_response = (target, RDF.type, SSD.ResponseDomain) in self.ledger.graph or rule.predicates == (
            SSD.responseDomain,
        )
        return fits(self.ledger, target, kind) and (not in_response or referred == has_domain)

    def _within(
        self,
        iri: URIRef,
        target: URIRef,
        element: etree._Element,
        rule: Rule,
        choices: Sequence[Field],
    ) -> bool:
        """Write what the document does not bracket: the rules of one word about one part."""
        word = str(target)[len(str(iri)) + 1 :].rstrip("0123456789").rstrip("-")
        if word != rule.step:
            return False
        self.done.add(target)
        self.ledger.values(target, SS.position)
        for _, one, steps in choices:
            if one.how != "inside" or one.step != word or one.inner is None:
                continue
            for inner in self._ordered(target, one.inner.predicates[0]):
                if self._one(target, element, inner, [("", one.inner, steps)], Kept()):
                    self.ledger.values(target, one.inner.predicates[0])
        return True

    def _elsewhere(self, iri: URIRef, target: URIRef, name: str, kept: Kept) -> bool:
        """Return whether what a thing holds is written where such things stand, or stands in kept content."""
        return kept.names(self.ledger, target) or self._inline(iri, target, name)

    def _inline(self, iri: URIRef, target: URIRef, name: str) -> bool:
        """Return whether a thing is to stand within another, which does not refer to it."""
        local = (element_of(self.ledger, target) or "").partition(":")[2]
        return bool(local) and route(name, local) is not None and not self.pointing.refers(iri, target, local)

    def _held(self, iri: URIRef, element: etree._Element, name: str, kind: Kind, kept: Kept) -> None:
        """Write what stands in a thing without being a field of it."""
        ledger = self.ledger
        held: list[tuple[URIRef, URIRef]] = []
        for term in (*dict.fromkeys((*kind.holds.values(), SSD.holds)),):
            held += [(term, item) for item in self._ordered(iri, term)]
        for term, item in held:
            local = element_of(ledger, item)
            steps = route(name, local.partition(":")[2]) if local else None
            if kept.names(ledger, item):
                self.done.add(item)
                ledger.cover(item)
                ledger.values(iri, term)
                continue
            is_said = item in self.done or (iri, item) in self.pointing.written
            if steps is None and not is_said and (iri, term) in ledger.taken:
                said = f"a `{local or item}` has no place in the `{name}` that holds it"
                ledger.lose("DDI080", said, iri, value=str(term).rpartition("#")[2])
            if is_said or steps is None or not self._inline(iri, item, name):
                continue
            self.write(item, steps[-1], element)
            ledger.values(iri, term)
