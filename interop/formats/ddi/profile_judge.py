"""Judging a document by a DDI profile: each constraint where it applies, with the line, and what could not be judged."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from semstat.interop.formats.ddi.profile import Constraint, DdiProfile, ProfileItem
from semstat.interop.formats.ddi.profile_paths import Node, Path, TooMuchWork, Tree
from semstat.interop.formats.ddi.profile_vocabularies import codes_of
from semstat.interop.safety import XmlTree
from semstat.validators.diagnostics import Diagnostic, Location
from semstat.validators.nearest import nearest_code
from semstat.validators.rules import finding

__all__ = ["PROFILE_RULES", "ProfileVerdict", "judge_by_profile"]

PROFILE_RULES = tuple(f"DDI{number:03}" for number in range(10, 19))
_PRESENCE = {"mandatory": "DDI010", "recommended": "DDI012", "optional": "DDI013"}
_PRESENCE_WORDS = {"mandatory": "demands", "recommended": "recommends", "optional": "has a place for"}
_ON_PROFILES = ("compilable path", "path without predicate")


@dataclass(slots=True)
class ProfileVerdict:
    """What judging by one profile comes to: findings, how much each rule examined, and by rule what it could not judge."""

    found: list[Diagnostic] = field(default_factory=list)
    examined: Counter[str] = field(default_factory=Counter)
    unjudged: dict[str, list[str]] = field(default_factory=dict)

    def left(self, rule: str, reason: str) -> None:
        """Note that a rule could not be judged somewhere."""
        reasons = self.unjudged.setdefault(rule, [])
        if reason not in reasons:
            reasons.append(reason)


@dataclass(slots=True)
class _Judging:
    document: XmlTree
    tree: Tree
    origin: str
    profile: DdiProfile
    verdict: ProfileVerdict

    def say(
        self,
        rule: str,
        message: str,
        element: etree._Element,
        path: Path,
        *,
        value: str | None = None,
        expected: str | None = None,
        nearest: str | None = None,
    ) -> None:
        place = Location(self.origin, self.document.lines.get(element), path=path.shown)
        self.verdict.found.append(finding(rule, message, place, value=value, expected=expected, nearest=nearest))


def judge_by_profile(document: XmlTree, origin: str, profile: DdiProfile) -> ProfileVerdict:
    """Return what a profile finds in a document.

    Items on another root element than the document's do not apply: a profile may have items for several.

    Findings:
        ``DDI010`` a mandatory node is missing; ``DDI011`` one that its parent demands; ``DDI012`` a recommended, ``DDI013``
        an optional one; ``DDI014`` a blank one; ``DDI015`` another value than the fixed one; ``DDI016`` too many;
        ``DDI017`` no code of its vocabulary; ``DDI018`` a node that the profile has no place for.

    Source:
        DDI Lifecycle 3.2, ddiprofile.xsd; the constraints of the CESSDA Metadata Validator.
    """
    verdict = ProfileVerdict()
    judging = _Judging(document, Tree(document.root), origin, profile, verdict)
    try:
        for item in profile.items:
            _item(judging, item)
    except TooMuchWork:
        for rule in PROFILE_RULES:
            verdict.left(rule, f"the profile `{profile.name}` needs more work on this document than any should")
    return verdict


def _item(judging: _Judging, item: ProfileItem) -> None:
    if item.paths is None:
        for constraint in item.constraints:
            judging.verdict.left(_rule(constraint), f"the path `{item.written}` of the profile is not followed")
        return
    paths = [path for path in item.paths if _applies(path, judging.document.root)]
    if not paths:
        return
    if not item.is_used:
        _not_used(judging, paths)
    for constraint in item.constraints:
        if constraint.kind in _PRESENCE:
            _presence(judging, paths, constraint)
        elif constraint.kind not in _ON_PROFILES:
            _CHECKS[constraint.kind](judging, paths, constraint)


def _rule(constraint: Constraint) -> str:
    return _PRESENCE.get(constraint.kind) or _RULE_OF.get(constraint.kind, "DDI018")


def _applies(path: Path, root: etree._Element) -> bool:
    return path.steps[0].is_deep or path.steps[0].tag in ("*", root.tag)


def _presence(judging: _Judging, paths: list[Path], constraint: Constraint) -> None:
    rule = _PRESENCE[constraint.kind]
    judging.verdict.examined[rule] += 1
    if any(judging.tree.nodes(path) for path in paths):
        return
    path = paths[0]
    shown = " or ".join(f"`{item.shown}`" for item in paths)
    said = f"the document has no {shown}, which the profile {_PRESENCE_WORDS[constraint.kind]}"
    judging.say(rule, said, judging.tree.nearest(path), path, expected=judging.profile.name)


def _beside(judging: _Judging, paths: list[Path], _constraint: Constraint) -> None:
    for path in paths:
        holders = {node.element for node in judging.tree.nodes(path.parent)} if len(path.steps) > 1 else set()
        filled = {_holder(node) for node in judging.tree.nodes(path)}
        judging.verdict.examined["DDI011"] += len(holders)
        for element in (node.element for node in judging.tree.nodes(path.parent)) if holders else ():
            if element not in filled and not path.steps[-1].is_deep:
                name = path.steps[-1].shown
                said = f"the `{etree.QName(element).localname}` has no `{name}`, which the profile demands of it"
                judging.say("DDI011", said, element, path, expected=f"`{name}`")


def _holder(node: Node) -> etree._Element | None:
    return node.element if node.attribute is not None else node.element.getparent()


def _not_blank(judging: _Judging, paths: list[Path], _constraint: Constraint) -> None:
    for path, node in _nodes(judging, paths, "DDI014"):
        if not node.text:
            judging.say("DDI014", f"the {_named(node)} is empty, and the profile demands a text", node.element, path)


def _fixed(judging: _Judging, paths: list[Path], constraint: Constraint) -> None:
    if constraint.value is None:
        judging.verdict.left("DDI015", f"the profile states no value for `{paths[0].shown}`")
        return
    for path, node in _nodes(judging, paths, "DDI015"):
        written = " ".join(node.text.split())
        if written != constraint.value:
            said = f"the {_named(node)} says `{written[:100]}`, where the profile has a fixed value"
            judging.say("DDI015", said, node.element, path, value=written, expected=f"`{constraint.value}`")


def _at_most(judging: _Judging, paths: list[Path], constraint: Constraint) -> None:
    most = constraint.value or ""
    if not (most.isascii() and most.isdigit()):
        judging.verdict.left("DDI016", f"the profile states no number for `{paths[0].shown}`")
        return
    counted: Counter[etree._Element | None] = Counter()
    for path, node in _nodes(judging, paths, "DDI016"):
        holder = _holder(node)
        counted[holder] += 1
        if counted[holder] == int(most) + 1:
            said = f"the {_named(node)} is there more often than the profile allows"
            judging.say("DDI016", said, node.element, path, expected=f"at most {most}")


def _code(judging: _Judging, paths: list[Path], constraint: Constraint) -> None:
    for path in paths:
        for node in judging.tree.nodes(path):
            name = constraint.value or node.element.get("vocab") or node.element.get("controlledVocabularyName") or ""
            codes = codes_of(name)
            if not codes:
                named = f"the vocabulary `{' '.join(name.split())}`" if name.strip() else "the vocabulary"
                judging.verdict.left("DDI017", f"{named} of `{path.shown}` is not at hand")
                continue
            judging.verdict.examined["DDI017"] += 1
            if node.text not in codes:
                said = f"the {_named(node)} says `{node.text[:100]}`, which is no code of the vocabulary `{name}`"
                near = nearest_code(node.text, codes)
                judging.say("DDI017", said, node.element, path, value=node.text, nearest=near)


def _term(judging: _Judging, paths: list[Path], _constraint: Constraint) -> None:
    judging.verdict.left("DDI017", f"the terms of the vocabulary of `{paths[0].shown}` are not at hand")


def _in_profile(judging: _Judging, paths: list[Path], _constraint: Constraint) -> None:
    """What stands within the nodes has to have an item itself, or to lead to something that has one."""
    known: set[etree._Element] = set()
    for item in judging.profile.items:
        for path in item.paths or ():
            if item.is_used:
                for node in judging.tree.nodes(path):
                    known.update((node.element, *node.element.iterancestors()))
    for path, node in _nodes(judging, paths, "DDI018"):
        for element in node.element.iterdescendants("*"):
            if element not in known and element.getparent() in known:
                said = f"the profile has no item for the {_named(Node(element))} within a {_named(node)}"
                judging.say("DDI018", said, element, path)


def _not_used(judging: _Judging, paths: list[Path]) -> None:
    for path in paths:
        judging.verdict.examined["DDI018"] += 1
        for node in judging.tree.nodes(path):
            judging.say("DDI018", f"the profile says that the {_named(node)} is not used", node.element, path)


def _nodes(judging: _Judging, paths: list[Path], rule: str) -> Iterator[tuple[Path, Node]]:
    for path in paths:
        for node in judging.tree.nodes(path):
            judging.verdict.examined[rule] += 1
            yield path, node


def _named(node: Node) -> str:
    element = etree.QName(node.element).localname
    if node.attribute is None:
        return f"`{element}`"
    return f"attribute `{etree.QName(node.attribute).localname}` of `{element}`"


_CHECKS: Mapping[str, Callable[[_Judging, list[Path], Constraint], None]] = {
    "mandatory beside its parent": _beside,
    "not blank": _not_blank,
    "fixed value": _fixed,
    "at most": _at_most,
    "code of a vocabulary": _code,
    "term of a vocabulary": _term,
    "in profile": _in_profile,
}
_RULE_OF = {
    "mandatory beside its parent": "DDI011",
    "not blank": "DDI014",
    "fixed value": "DDI015",
    "at most": "DDI016",
    "code of a vocabulary": "DDI017",
    "term of a vocabulary": "DDI017",
    "in profile": "DDI018",
    "compilable path": "DDI018",
    "path without predicate": "DDI018",
}
