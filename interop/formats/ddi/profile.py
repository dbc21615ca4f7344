"""Reading DDI profiles: which parts of a document a community uses, which it demands, and what it demands of them.

Source:
    DDI Lifecycle 3.2 and 3.3, ddiprofile.xsd (DDIProfile, Used, NotUsed); the constraints that CESSDA states in Instructions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree
from rdflib import Graph

from semstat.interop.document import Document
from semstat.interop.formats.ddi.codebook_source import child_text, children, local, text_of
from semstat.interop.formats.ddi.profile_paths import MAX_PATH, Path, path_of
from semstat.interop.safety import XmlTree, read_xml
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Location
from semstat.validators.nearest import nearest_code
from semstat.validators.rules import finding

__all__ = ["Constraint", "DdiProfile", "ProfileItem", "profile_in", "read_profile"]

_MANDATORY = "mandatory"
_KINDS = {
    "MandatoryNode": _MANDATORY,
    "MandatoryNodeIfParentPresent": "mandatory beside its parent",
    "RecommendedNode": "recommended",
    "OptionalNode": "optional",
    "NotBlankNode": "not blank",
    "FixedValueNode": "fixed value",
    "MaximumElementOccurrence": "at most",
    "CodeValueOfControlledVocabulary": "code of a vocabulary",
    "DescriptiveTermOfControlledVocabulary": "term of a vocabulary",
    "NodeInProfile": "in profile",
    "CompilableXPath": "compilable path",
    "PredicatelessXPath": "path without predicate",
}
_RULES = ("DDI070", "DDI071", "DDI072", "DDI073")
_MOST_ITEMS = 10_000


@dataclass(frozen=True, slots=True)
class Constraint:
    """What is demanded of a node: one of the kinds of CESSDA's table, with a value where the kind has one."""

    kind: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class ProfileItem:
    """One ``Used`` or ``NotUsed``: the path as written, what it means (``None``: not followed here), and the constraints."""

    written: str
    line: int | None
    paths: tuple[Path, ...] | None
    constraints: tuple[Constraint, ...]
    is_used: bool = True


@dataclass(frozen=True, slots=True)
class DdiProfile:
    """A profile: its name, the file that it is from, its namespaces by prefix, and its items in their order."""

    name: str
    origin: str
    prefixes: Mapping[str, str]
    items: tuple[ProfileItem, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    def on(self, namespace: str) -> bool:
        """Tell whether the profile speaks of documents whose root element is of a namespace."""
        return namespace in self.prefixes.values()


def read_profile(data: bytes, *, origin: str) -> Document:
    """Read a profile as a document of its own, for a verdict on the profile itself.

    Findings:
        Those of :func:`profile_in`, and those of :func:`semstat.interop.safety.read_xml`.

    Example:
        >>> read_profile(b"<DDIProfile", origin="profile.xml").diagnostics[0].rule
        'IO101'
    """
    tree = read_xml(data, origin=origin)
    if isinstance(tree, Diagnostic):
        return Document(Graph(), {}, (tree,), origin, "ddi-profile")
    profile = profile_in(tree, origin)
    outcomes = tuple(
        CheckOutcome(
            rule,
            None,
            CheckStatus.CHECKED if profile.items else CheckStatus.NOT_CHECKED,
            origin,
            len(profile.items),
            sum(item.rule == rule for item in profile.diagnostics),
            "reader",
            None if profile.items else "the profile has no item, so there was nothing to look at",
        )
        for rule in _RULES
    )
    return Document(Graph(), {}, profile.diagnostics, origin, "ddi-profile", outcomes)


def profile_in(tree: XmlTree, origin: str, prefixes: Mapping[str, str] | None = None) -> DdiProfile:
    """Return the profile that a document holds; ``prefixes`` take the place of those that it declares.

    What cannot be understood is a finding, and the item is then not judged by: nothing is guessed.

    Findings:
        ``DDI070`` a path that is none; ``DDI071`` one that is not followed here; ``DDI072`` a constraint that is not
        understood; ``DDI073`` a node that has two items.
    """
    declared = {
        child_text(item, "XMLPrefix"): child_text(item, "XMLNamespace") for item in children(tree.root, "XMLPrefixMap")
    }
    names = {**declared, **(prefixes or {})}
    found: list[Diagnostic] = []
    elements = [item for item in tree.root if local(item) in ("Used", "NotUsed")][:_MOST_ITEMS]
    items = [_item(item, tree, origin, names, found) for item in elements]
    found += _twice(items, origin)
    name = child_text(tree.root, "DDIProfileName", "String") or child_text(tree.root, "ID") or origin
    return DdiProfile(" ".join(name.split()), origin, names, tuple(items), tuple(found))


def _item(
    element: etree._Element, tree: XmlTree, origin: str, names: Mapping[str, str], found: list[Diagnostic]
) -> ProfileItem:
    written = " ".join((element.get("xpath") or "").split())
    where = Location(origin, tree.lines.get(element))
    paths = _paths(written, names, where, found)
    if local(element) == "NotUsed":
        return ProfileItem(written, where.line, paths, (), is_used=False)
    stated = [*_attributes(element), *_instructions(element, where, found)]
    return ProfileItem(written, where.line, paths, tuple(dict.fromkeys(stated)))


def _paths(written: str, names: Mapping[str, str], where: Location, found: list[Diagnostic]) -> tuple[Path, ...] | None:
    problem = _not_compilable(written, names)
    if problem is not None:
        found.append(finding("DDI070", f"the path `{written[:200]}` is none: {problem}", where, value=written[:200]))
        return None
    paths = path_of(written, names)
    if paths is None or any(step.where for path in paths for step in path.steps):
        said = f"the path `{written}` has more than steps down the tree"
        said += ", and is not followed" if paths is None else ", which other programs may not follow"
        found.append(finding("DDI071", said, where, value=written))
    return paths


def _not_compilable(written: str, names: Mapping[str, str]) -> str | None:
    """Return why a text is no expression of XPath 1.0 with declared prefixes, ``None`` where it is one."""
    if not written or len(written) > MAX_PATH:
        return "it is empty" if not written else f"it has more than {MAX_PATH} characters"
    known = {prefix: name for prefix, name in names.items() if prefix and name and prefix != "xml"}
    try:
        etree.XPath(written, namespaces=known, regexp=False)
        path_of(written, names)
    except (etree.XPathError, ValueError) as problem:
        return str(problem)[:1].lower() + str(problem)[1:]
    except KeyError as prefix:
        return f"the prefix `{prefix.args[0]}` is not declared"
    return None


def _attributes(element: etree._Element) -> Iterator[Constraint]:
    if (element.get("isRequired") or "").strip() in ("true", "1"):
        yield Constraint(_MANDATORY)
    default = element.get("defaultValue")
    if (element.get("fixedValue") or "").strip() in ("true", "1") and default is not None:
        yield Constraint("fixed value", " ".join(default.split()))
    limit = (element.get("limitMaxOccurs") or "").strip()
    if limit.isascii() and limit.isdigit():
        yield Constraint("at most", limit)


def _instructions(element: etree._Element, where: Location, found: list[Diagnostic]) -> Iterator[Constraint]:
    """Yield the constraints in the instructions of an item: XML within a text, read as safely as any other."""
    for content in children(element, "Instructions", "Content"):
        text = text_of(content)
        if not text.startswith("<") or "Constraint" not in text:
            continue  # instructions for people
        tree = read_xml(text.encode(), origin=where.source or "")
        if isinstance(tree, Diagnostic):
            found.append(finding("DDI072", f"the constraints of an item cannot be read: {tree.message}", where))
            continue
        for item in tree.root if local(tree.root) == "Constraints" else [tree.root]:
            constraint = _constraint(item)
            if constraint is None:
                name = local(item)
                nearest = nearest_code(name, [f"{known}Constraint" for known in _KINDS])
                said = f"the constraint `{name}` is not known, and not judged by"
                found.append(finding("DDI072", said, where, value=name, nearest=nearest))
            else:
                yield constraint


def _constraint(element: etree._Element) -> Constraint | None:
    name = local(element).removesuffix("Constraint")
    kind = _KINDS.get(name) or _KINDS.get(f"{name}Node")
    if kind is None:
        return None
    values = [str(value) for value in element.attrib.values()] + [text_of(element)]
    return Constraint(kind, next((value.strip() for value in values if value.strip()), None))


def _twice(items: list[ProfileItem], origin: str) -> Iterator[Diagnostic]:
    first: dict[str, ProfileItem] = {}
    for item in items:
        before = first.setdefault(item.written, item)
        if before is not item and before.paths is not None:
            said = f"the node `{item.written}` has an item on line {before.line} already"
            one = finding("DDI073", said, Location(origin, item.line), value=item.written)
            yield replace(one, related=(Location(origin, before.line),))
