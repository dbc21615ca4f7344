"""Reference pages of the ontology in Markdown: one per module, with its classes, properties and individuals."""

from collections.abc import Iterator, Sequence

from rdflib import Graph, URIRef

from semstat.ontology import load, modules
from semstat.ontology.access import iris, text
from semstat.ontology.describe import label_of, prefixed, whole
from semstat.ontology.picture import picture
from semstat.ontology.terms import BASE, DCTERMS, OWL, RDF, RDFS, SKOS, VS

__all__ = ["index_page", "module_page", "module_picture", "pictured"]

_KINDS = (
    ("Classes", OWL.Class),
    ("Properties whose value is a thing", OWL.ObjectProperty),
    ("Properties whose value is a literal", OWL.DatatypeProperty),
    ("Annotation properties", OWL.AnnotationProperty),
    ("Individuals", OWL.NamedIndividual),
)


def pictured() -> tuple[str, ...]:
    """Return the modules that have a page of their own: those with terms."""
    return tuple(name for name in modules() if "/" not in name)


def index_page(note: str) -> str:
    """Return the page that lists modules, vocabularies and alignments; ``note`` stands at its top."""
    parts = [
        note,
        "# Ontology",
        "`semstat ontology search TEXT` finds terms, `show TERM` says what one means, `list` names all, `export` writes all.",
    ]
    rows = ["| module | what is in it | classes | properties |", "|---|---|--:|--:|"]
    for name in pictured():
        graph = load(name)
        counts = [len(iris(graph, None, RDF.type, kind)) for _, kind in _KINDS]
        about = _cell(text(graph, URIRef(BASE + name), DCTERMS.abstract))
        rows.append(f"| [{name}]({name}.md) | {about} | {counts[0]} | {sum(counts[1:4])} |")
    parts += ["## Modules", "\n".join(rows)]
    schemes = [name for name in modules() if name.startswith("vocabulary/")]
    if schemes:
        parts += [
            "## Vocabularies",
            "\n".join(["| vocabulary | title | concepts |", "|---|---|--:|", *_schemes(schemes)]),
        ]
    others = [name for name in modules() if "/" in name and name not in schemes]
    parts += ["## Alignments", "\n".join(f"- `{name}`: {len(load(name))} statements" for name in others)]
    return "\n\n".join(parts) + "\n"


def module_page(name: str, note: str) -> str:
    """Return the page of a module."""
    graph, known = load(name), whole()
    header = URIRef(BASE + name)
    parts = [note, f"# {text(graph, header, DCTERMS.title, name)}", text(graph, header, DCTERMS.abstract)]
    imports = [str(one).removeprefix(BASE) for one in iris(graph, header, OWL.imports)]
    facts = f"`{BASE}{name}#` · version {text(graph, header, OWL.versionInfo)}"
    parts.append(facts + (f" · builds on {', '.join(imports)}" if imports else ""))
    if iris(graph, None, RDF.type, OWL.Class):
        parts.append(f"![The classes of {name}](../../images/ontology/{name}.svg)")
    for title, kind in _KINDS:
        terms = [term for term in iris(graph, None, RDF.type, kind) if str(term).startswith(f"{header}#")]
        if terms:
            parts.append(f"## {title}")
            parts += ["\n".join(_term(known, term)) for term in terms]
    parts.append("[All modules](index.md)")
    return "\n\n".join(parts) + "\n"


def module_picture(name: str) -> str:
    """Return the picture of a module's classes."""
    own = frozenset(iris(load(name), None, RDF.type, OWL.Class))
    return picture(whole(), own, f"The classes of the module {name}")


def _schemes(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        graph = load(name)
        title = text(graph, URIRef(BASE + name), DCTERMS.title, name)
        yield f"| `{name}` | {_cell(title)} | {len(iris(graph, None, RDF.type, SKOS.Concept))} |"


def _term(graph: Graph, term: URIRef) -> Iterator[str]:
    yield f"### {prefixed(term)}"
    yield ""
    others = [label_of(graph, term, tag) for tag in ("fr", "es")]
    yield f"*{label_of(graph, term)}* ({', '.join(others)}): {text(graph, term, SKOS.definition, 'no definition')}."
    yield ""
    above = [*iris(graph, term, RDFS.subClassOf), *iris(graph, term, RDFS.subPropertyOf)]
    if above:
        yield f"- above: {_names(above)}"
    for title, predicate in (("from", RDFS.domain), ("to", RDFS.range)):
        if iris(graph, term, predicate):
            yield f"- {title}: {_names(iris(graph, term, predicate))}"
    yield f"- source: {text(graph, term, DCTERMS.source, 'not stated')}; status: {text(graph, term, VS.term_status)}"


def _names(terms: Sequence[URIRef]) -> str:
    return ", ".join(f"`{prefixed(one)}`" for one in terms)


def _cell(value: str) -> str:
    return value.replace("|", "\\|")
