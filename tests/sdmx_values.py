"""Hypothesis strategies for native SDMX artefacts: codelists and constraints with texts, annotations and odd values."""

from hypothesis import strategies as st

from semstat.interop.formats.sdmx import model
from semstat.interop.formats.sdmx.model_constraints import MemberValue
from semstat.ontology.iri import SdmxName

IDS = st.from_regex(r"[A-Z][A-Z0-9_]{0,5}", fullmatch=True)
CODES = st.from_regex(r"[A-Z0-9_@$-]{1,4}", fullmatch=True)
VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
LANGUAGES = st.sampled_from(["en", "fr", "pt-br", "zh-hans"])
VERSIONS = st.sampled_from(["1.0", "2", "1.0.0", "2.3.1-draft", None])


def texts(least: int = 0) -> st.SearchStrategy[tuple[model.Text, ...]]:
    pairs = st.dictionaries(LANGUAGES, VALUES, min_size=least, max_size=3)
    return pairs.map(lambda held: tuple(model.Text(value, language) for language, value in held.items()))


@st.composite
def annotations(draw):
    url = st.tuples(st.builds(model.Text, st.just("https://example.org/a"), st.none()))
    return model.Annotation(
        None,
        draw(st.none() | CODES),
        draw(st.none() | VALUES),
        draw(st.none() | VALUES),
        draw(st.just(()) | url),
        draw(texts()),
        value=draw(st.none() | VALUES),
    )


@st.composite
def facts(draw, identifier: str):
    noted = draw(st.lists(annotations(), max_size=2))
    return model.Facts(identifier, None, draw(texts(1)), draw(texts()), tuple(noted))


@st.composite
def codelists(draw) -> model.ItemScheme:
    identifier = draw(IDS)
    name = SdmxName("codelist", "Codelist", draw(IDS), identifier, draw(VERSIONS))
    flags = draw(st.sampled_from([(), (("isPartial", True),), (("isExternalReference", False), ("isPartial", False))]))
    head = model.Maintainable("Codelist", name, draw(facts(identifier)), flags)
    codes = draw(st.lists(CODES, unique=True, max_size=5))
    items = []
    for place, code in enumerate(codes):
        above = draw(st.none() | st.sampled_from(codes[:place])) if place else None
        items.append(model.Item(code, "Code", draw(facts(code)), above))
    return model.ItemScheme(head, "Code", tuple(items))


@st.composite
def members(draw, component: str) -> model.Member:
    if draw(st.booleans()):
        start = draw(st.sampled_from(["2000", "2001-Q1"]))
        within = draw(st.none() | st.booleans())
        valid = draw(st.sampled_from([(), (MemberValue(None, valid_from="2002", valid_to="2004"),)]))
        return model.Member(component, None, start=start, end="2010", start_inclusive=within, particulars=valid)
    values = draw(st.lists(CODES, min_size=1, max_size=4, unique=True))
    particulars = tuple(MemberValue(value, "true") for value in values if draw(st.booleans()))
    included, removed = draw(st.booleans()), draw(st.none() | st.booleans())
    return model.Member(component, None, included, tuple(values), bool(particulars), particulars=particulars,
                        remove_prefix=removed)  # fmt: skip


@st.composite
def constraints(draw) -> model.Constraint:
    identifier, agency = draw(IDS), draw(IDS)
    name = SdmxName("registry", "DataConstraint", agency, identifier, draw(VERSIONS))
    head = model.Maintainable("DataConstraint", name, draw(facts(identifier)))
    flow = SdmxName("datastructure", "Dataflow", agency, "DF", "1.0")
    regions = []
    for included in draw(st.sampled_from([(), (True,), (True, False)])):
        parts = draw(st.lists(IDS, unique=True, min_size=1, max_size=3))
        regions.append(model.Region(None, included, tuple(draw(members(part)) for part in parts)))
    role = draw(st.sampled_from(["Allowed", "Actual"]))
    return model.Constraint(head, role, (model.Reference(flow, None),), tuple(regions))
