"""The Popstan codebook transcribed into the hub graph, no more of it than the checks of microdata read."""

from pathlib import Path

from lxml import etree
from rdflib import Graph, Literal, URIRef

from semstat.ontology.terms import RDF, SKOS, SS, XSD
from semstat.ontology.terms_information import SSI
from semstat.ontology.terms_study import SSD
from tests.corpora import CORPORA

__all__ = ["CODEBOOK", "CSV", "SAV", "popstan"]

FOLDER = (CORPORA or Path()) / "ddi/microdata/popstan"
CODEBOOK, CSV, SAV = FOLDER / "ihsn-popstan-mics-2000.xml", FOLDER / "Household.csv", FOLDER / "Household.sav"
_BASE = "https://example.org/popstan#"
_KINDS = {
    "vald": "valid",
    "invd": "invalid",
    "min": "minimum",
    "max": "maximum",
    "mean": "mean",
    "stdev": "standard deviation",
}


def popstan(path: Path = CODEBOOK) -> Graph:
    """The graph of a codebook in DDI Codebook 1.2.2."""
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = etree.QName(element).localname
    graph = Graph()
    for place, file in enumerate(root.iter("fileDscr"), 1):
        _file(graph, file, place)
    for variable in root.iter("var"):
        _variable(graph, variable)
    return graph


def _iri(name: str) -> URIRef:
    return URIRef(_BASE + name)


def _text(element: "etree._Element | None") -> str:
    return "" if element is None or element.text is None else element.text.strip()


def _add(graph: Graph, subject: URIRef, **said: object) -> None:
    for name, value in said.items():
        space = SS if name in {"identifier", "position"} else SSD
        graph.add((subject, space[name], value if isinstance(value, URIRef) else Literal(str(value))))


def _file(graph: Graph, file: "etree._Element", place: int) -> None:
    name, record, layout = (_iri(file.get("ID", "") + part) for part in ("", "-record", "-layout"))
    graph.add((name, RDF.type, SSD.DataFile))
    graph.add((record, RDF.type, SSI.LogicalRecord))
    _add(graph, name, identifier=file.get("ID"), position=place, fileName=_text(file.find("fileTxt/fileName")))
    _add(graph, name, fileUri=file.get("URI"), caseCount=_text(file.find("fileTxt/dimensns/caseQnty")))
    _add(graph, name, variableCount=_text(file.find("fileTxt/dimensns/varQnty")), physicalRecord=layout)
    _add(graph, layout, laysOut=record, position=1)
    for group in file.iter("recGrp"):
        for key in group.get("keyvar", "").split():
            _add(graph, record, caseIdentifier=_iri(key))
        for other in group.get("recGrp", "").split():
            link = _iri(f"{file.get('ID')}-{other}")
            graph.add((link, RDF.type, SSI.RecordRelationship))
            graph.add((link, SSI.hasSourceLogicalRecord, record))
            graph.add((link, SSI.hasTargetLogicalRecord, _iri(f"{other}-record")))
            _add(graph, link, linkVariable=_iri(group.get("keyvar", "").split()[0]))


def _variable(graph: Graph, var: "etree._Element") -> None:
    name, ids = _iri(var.get("ID", "")), var.get("files", "")
    place, domain = (URIRef(f"{name}-{part}") for part in ("place", "domain"))
    at = len(list(graph.objects(_iri(f"{ids}-layout"), SSD.valueLocation))) + 1
    _add(graph, _iri(f"{ids}-layout"), valueLocation=place)
    _add(graph, place, locatedVariable=name, position=at, width=var.find("location").get("width"))
    graph.add((name, RDF.type, SSI.InstanceVariable))
    graph.add((name, SSI.hasSubstantiveValueDomain, domain))
    _add(graph, name, identifier=var.get("ID"), variableName=var.get("name"))
    _add(graph, domain, decimalPositions=var.get("dcml"))
    if var.get("wgt-var"):
        _add(graph, name, weightVariable=_iri(var.get("wgt-var", "")))
    if var.get("wgt") == "wgt":
        graph.add((name, SSD.isWeight, Literal("true", datatype=XSD.boolean)))
    if _text(var.find("labl")):
        graph.add((name, SKOS.prefLabel, Literal(_text(var.find("labl")))))
    if var.find("varFormat") is not None:
        _add(graph, name, storageType=var.find("varFormat").get("type"))
    _values(graph, var, domain)


def _values(graph: Graph, var: "etree._Element", domain: URIRef) -> None:
    name = _iri(var.get("ID", ""))
    for number, stretch in enumerate(var.iterfind("valrng/range")):
        node = URIRef(f"{name}-range-{number}")
        _add(graph, domain, valueRange=node)
        _add(graph, node, lowValue=stretch.get("min"), highValue=stretch.get("max"), position=number)
    for number, figure in enumerate(var.iterfind("sumStat")):
        _figure(graph, var, figure, URIRef(f"{name}-sum-{number}"), _KINDS.get(figure.get("type", ""), "other"))
    for number, category in enumerate(var.iterfind("catgry")):
        _category(graph, var, category, domain, number)


def _category(graph: Graph, var: "etree._Element", category: "etree._Element", domain: URIRef, number: int) -> None:
    name = _iri(var.get("ID", ""))
    codes, code = URIRef(f"{name}-codes"), URIRef(f"{name}-code-{number}")
    graph.add((domain, SSI.takesValuesFromCodeList, codes))
    graph.add((codes, SSI.containsNode, code))
    graph.add((code, SKOS.notation, Literal(_text(category.find("catValu")))))
    _add(graph, code, position=number)
    if category.get("missing") == "Y":
        graph.add((code, SSD.isMissing, Literal("true", datatype=XSD.boolean)))
    if _text(category.find("labl")):
        graph.add((code, SKOS.prefLabel, Literal(_text(category.find("labl")))))
    for place_, figure in enumerate(category.iterfind("catStat")):
        node = URIRef(f"{code}-{place_}")
        _figure(graph, var, figure, node, "frequency")
        _add(graph, node, statisticCategory=code)


def _figure(graph: Graph, var: "etree._Element", figure: "etree._Element", node: URIRef, kind: str) -> None:
    for file in var.get("files", "").split():
        _add(graph, _iri(file), statistic=node)
    _add(graph, node, statisticOf=_iri(var.get("ID", "")), statisticType=kind, statisticValue=_text(figure))
    if figure.get("wgtd") == "wgtd":
        graph.add((node, SSD.isWeighted, Literal("true", datatype=XSD.boolean)))
        weight = figure.get("wgt-var") or var.get("wgt-var")
        if weight:
            _add(graph, node, weightVariable=_iri(weight))
