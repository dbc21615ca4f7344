"""Profiles: named sets of rules with severities, read from ``profiles.ttl`` or from a graph of the user's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rdflib import Graph, URIRef

from semstat.ontology.access import iris, text
from semstat.ontology.terms import DCTERMS, PROFILE, RDF, RULE, SH, SS
from semstat.validators.diagnostics import Severity
from semstat.validators.nearest import nearest_code
from semstat.validators.rules import catalogue

__all__ = ["ALWAYS", "NEVER_KNOWN", "Profile", "ProfileError", "profiles", "profiles_of"]

NEVER_KNOWN = frozenset({"IO101", "IO102", "IO103", "IO104", "IO105", "IO106", "IO107", "IO112", "DF013"})
"""Rules that say that an input could not be judged at all: without them, its verdict would have no reason."""

ALWAYS = NEVER_KNOWN | {"IO109", "DF015"}
"""Rules that no profile and no user leaves out: those, and the rules that say that a record, or a group with its attributes,
was left out of the data. What other rules find would otherwise read as if it were about all of them."""

_TERMS = ("deselects", "extendsProfile", "selects", "selectsPrefix", "selectsReportedBy", "severityOverride")
_SEVERITIES = {SH.Violation: Severity.ERROR, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}


class ProfileError(ValueError):
    """A profile that cannot be applied as it is written; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A named set of rules.

    ``rules`` are the ids of the rules that it checks, among them always :data:`ALWAYS`; ``severities`` holds those that it
    grades differently from the catalogue. ``extends`` names the profiles that it builds on.
    """

    name: str
    iri: URIRef
    title: str
    description: str
    rules: frozenset[str]
    severities: Mapping[str, Severity]
    extends: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def profiles() -> Mapping[str, Profile]:
    """Return the profiles that come with semstat by name, ``default`` first.

    Example:
        >>> list(profiles())
        ['default', 'fmr-like', 'publication', 'sdmx-exchange']
        >>> profiles()["publication"].severities["DSD001"]
        <Severity.ERROR: 'error'>
    """
    return profiles_of(_own())


def profiles_of(graph: Graph) -> Mapping[str, Profile]:
    """Return the profiles that a graph describes, by name in alphabetical order; they may extend those of semstat.

    A profile checks what those that it extends check and what it selects, without what it deselects; one that extends
    nothing and selects nothing checks every rule. Its own severities go before those of the profiles that it extends.

    Raises:
        ProfileError: a profile has no name, names a rule or a profile that there is none of, gives a severity that there
            is none of, or extends itself.

    Example:
        >>> from rdflib import Graph
        >>> graph = Graph().parse(format="turtle", data='''
        ...     PREFIX dcterms: <http://purl.org/dc/terms/>
        ...     PREFIX rule: <https://w3id.org/semstat/rule/>
        ...     PREFIX ss: <https://w3id.org/semstat/core#>
        ...     <urn:example:mine> a ss:Profile ; dcterms:identifier "mine" ; ss:selects rule:DF004 .
        ... ''')
        >>> sorted(profiles_of(graph)["mine"].rules - ALWAYS)
        ['DF004']
    """
    found = [_profile(graph, node, ()) for node in iris(graph, None, RDF.type, SS.Profile)]
    names = [item.name for item in found]
    for name in names:
        if names.count(name) > 1:
            raise ProfileError(f"there are {names.count(name)} profiles called {name!r}")
    return {item.name: item for item in sorted(found, key=lambda item: item.name)}


@lru_cache(maxsize=1)
def _own() -> Graph:
    return Graph().parse(data=files("semstat.validators").joinpath("profiles.ttl").read_bytes(), format="turtle")


def _profile(graph: Graph, node: URIRef, within: tuple[URIRef, ...]) -> Profile:
    name = text(graph, node, DCTERMS.identifier)
    if not name:
        raise ProfileError(f"the profile <{node}> has no dcterms:identifier")
    if node in within:
        raise ProfileError(f"the profile {name} extends itself")
    _refuse_unknown_terms(graph, node, name)
    basis = [_extended(graph, other, name, (*within, node)) for other in _named(graph, node, SS.extendsProfile, name)]
    rules = frozenset[str]().union(*(item.rules for item in basis), _selected(graph, node, name))
    if not basis and not _selects(graph, node):
        rules = frozenset(catalogue())
    severities = {rule: grade for item in basis for rule, grade in item.severities.items()}
    severities |= dict(_overrides(graph, node, name))
    left_out = {_rule(item, name) for item in _named(graph, node, SS.deselects, name)}
    if left_out & ALWAYS:
        raise ProfileError(
            f"the profile {name} deselects {min(left_out & ALWAYS)}, which says what could not be judged"
        )
    kept = (rules - left_out) | ALWAYS
    return Profile(
        name,
        node,
        text(graph, node, DCTERMS.title) or name,
        text(graph, node, DCTERMS.description),
        kept,
        {rule: severities[rule] for rule in sorted(severities) if rule in kept},
        tuple(item.name for item in basis),
    )


def _extended(graph: Graph, node: URIRef, name: str, within: tuple[URIRef, ...]) -> Profile:
    for place in (graph, _own()):
        if (node, RDF.type, SS.Profile) in place:
            return _profile(place, node, within)
    known = [str(item).removeprefix(PROFILE) for item in iris(_own(), None, RDF.type, SS.Profile)]
    meant = nearest_code(str(node).removeprefix(PROFILE), known)
    hint = f", did you mean <{PROFILE}{meant}>?" if meant else f"; there are {', '.join(known)} below <{PROFILE}>"
    raise ProfileError(f"the profile {name} extends <{node}>, which there is none of{hint}")


def _refuse_unknown_terms(graph: Graph, node: URIRef, name: str) -> None:
    """A misspelt term would leave a profile weaker than it reads."""
    for term in sorted(str(item) for item in graph.predicates(node)):
        own = term.removeprefix(str(SS._NS))
        if own != term and own not in _TERMS:
            meant = nearest_code(own, _TERMS)
            hint = (
                f", did you mean ss:{meant}?" if meant else f"; there are {', '.join(f'ss:{item}' for item in _TERMS)}"
            )
            raise ProfileError(f"the profile {name} has ss:{own}, which profiles do not know{hint}")


def _named(graph: Graph, node: URIRef, term: URIRef, name: str) -> list[URIRef]:
    for item in graph.objects(node, term):
        if not isinstance(item, URIRef):
            local = str(term).removeprefix(str(SS._NS))
            raise ProfileError(f"ss:{local} of the profile {name} takes an IRI such as rule:DF004, not {item.n3()}")
    return iris(graph, node, term)


def _selects(graph: Graph, node: URIRef) -> bool:
    terms = (SS.selects, SS.selectsPrefix, SS.selectsReportedBy)
    return any((node, term, None) in graph for term in terms)


def _selected(graph: Graph, node: URIRef, name: str) -> Iterator[str]:
    """Yield the rules that a profile selects itself; what selects none is a mistake, not a wish."""
    yield from (_rule(item, name) for item in _named(graph, node, SS.selects, name))
    for prefix in sorted(str(item) for item in graph.objects(node, SS.selectsPrefix)):
        matching = [rule for rule in catalogue() if rule.startswith(prefix)]
        if not matching:
            raise ProfileError(f"the profile {name} selects the prefix {prefix!r}, with which no rule begins")
        yield from matching
    for product in sorted(str(item) for item in graph.objects(node, SS.selectsReportedBy)):
        reported = [rule.id for rule in catalogue().values() if product in {name for name, _ in rule.external}]
        if not reported:
            raise ProfileError(f"the profile {name} selects what {product!r} reports, for which no rule has a code")
        yield from reported


def _overrides(graph: Graph, node: URIRef, name: str) -> Iterator[tuple[str, Severity]]:
    """Yield the severities that a profile states, by rule; a user's overrides need no names of their own."""
    for override in graph.objects(node, SS.severityOverride):
        grade = graph.value(override, SH.severity)
        severity = _SEVERITIES.get(grade) if isinstance(grade, URIRef) else None
        if severity is None:
            raise ProfileError(f"a severity of the profile {name} is not sh:Violation, sh:Warning or sh:Info")
        rule = graph.value(override, SS.overriddenRule)
        if rule is None:
            raise ProfileError(f"a severity of the profile {name} has no ss:overriddenRule")
        yield _rule(URIRef(str(rule)), name), severity


def _rule(iri: URIRef, name: str) -> str:
    found = str(iri).removeprefix(RULE)
    if found not in catalogue():
        meant = nearest_code(found.upper(), catalogue())
        raise ProfileError(
            f"the profile {name} names <{iri}>, which is no rule{f', did you mean {meant}?' if meant else ''}"
        )
    return found
