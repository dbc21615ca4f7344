"""Location paths of DDI profiles: taken apart, and followed in a document without an XPath engine.

A profile is a file of others, and an expression of XPath can take for ever. Followed are paths down the tree, the only ones
that profiles have a use for: elements, attributes, ``//``, ``*``, unions, and a predicate that compares an attribute. The
work that one profile may cost has a limit.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

__all__ = ["MAX_PATH", "Node", "Path", "Step", "TooMuchWork", "Tree", "path_of"]

MAX_PATH = 2_000
"""The longest path, in characters; the longest of a real profile has fewer than 300."""

_MOST_WORK = 10_000_000
_XML = "http://www.w3.org/XML/1998/namespace"
_NAME = r"[^\W\d][\w.-]*"
_STEP = re.compile(
    rf"(?P<axis>@|child::|attribute::)?(?:(?P<prefix>{_NAME}):)?(?P<name>{_NAME}|\*)"
    rf"(?:\[@(?:(?P<by>{_NAME}):)?(?P<attribute>{_NAME})(?:\s*=\s*(?P<value>'[^']*'|\"[^\"]*\"))?\])?"
)


class TooMuchWork(Exception):
    """Following the paths of a profile takes more steps than any profile should."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step down: ``tag`` is the name with its namespace, or ``*``; an attribute given by ``where`` may be demanded."""

    tag: str
    is_attribute: bool = False
    is_deep: bool = False
    where: tuple[str, str | None] | None = None

    @property
    def shown(self) -> str:
        """The step as people read it: attributes of XML itself with their prefix, other names without."""
        name = self.tag.rpartition("}")[2]
        name = f"xml:{name}" if self.tag.startswith(f"{{{_XML}}}") else name
        by = "" if self.where is None else f"[@{self.where[0].rpartition('}')[2]}={self.where[1]}]"
        return f"@{name}" if self.is_attribute else f"{name}{by}"


@dataclass(frozen=True, slots=True)
class Path:
    """A location path: the steps from the root of the document."""

    steps: tuple[Step, ...]

    @property
    def parent(self) -> "Path":
        """The path without its last step."""
        return Path(self.steps[:-1])

    @property
    def shown(self) -> str:
        """The path as people read it, without prefixes."""
        return "".join(("//" if step.is_deep else "/") + step.shown for step in self.steps)


@dataclass(frozen=True, slots=True)
class Node:
    """What a path leads to: an element, or an attribute of it."""

    element: etree._Element
    attribute: str | None = None

    @property
    def text(self) -> str:
        """Its text, all that is within it together, without the blanks around it."""
        if self.attribute is not None:
            return str(self.element.get(self.attribute, "")).strip()
        return etree.tostring(self.element, method="text", encoding="unicode", with_tail=False).strip()


def path_of(text: str, prefixes: Mapping[str, str]) -> tuple[Path, ...] | None:
    """Return the paths that a text means, several where it is a union; ``None`` where it is more than paths down the tree.

    Raises:
        KeyError: a prefix is not declared.

    Example:
        >>> (path,) = path_of("/c:codeBook//c:var/@name", {"c": "ddi:codebook:2_6"})
        >>> path.shown, path.steps[1].is_deep
        ('/codeBook//var/@name', True)
        >>> path_of("count(/c:codeBook)", {}) is None
        True
    """
    found = []
    for part in text.split("|"):
        path = _path(part.strip(), prefixes)
        if path is None:
            return None
        found.append(path)
    return tuple(found)


def _path(text: str, prefixes: Mapping[str, str]) -> Path | None:
    if not text.startswith("/") or len(text) > MAX_PATH:
        return None
    steps: list[Step] = []
    rest = text
    while rest:
        deep = rest.startswith("//")
        found = _STEP.match(rest, 2 if deep else 1)
        if found is None or not rest.startswith("/") or (steps and steps[-1].is_attribute):
            return None
        steps.append(_step(found, prefixes, is_deep=deep))
        rest = rest[found.end() :]
    return Path(tuple(steps))


def _step(found: "re.Match[str]", prefixes: Mapping[str, str], *, is_deep: bool) -> Step:
    def named(prefix: str | None, name: str) -> str:
        return name if prefix is None or name == "*" else f"{{{_XML if prefix == 'xml' else prefixes[prefix]}}}{name}"

    value = found["value"]
    where = (named(found["by"], found["attribute"]), value and value[1:-1]) if found["attribute"] else None
    is_attribute = found["axis"] in ("@", "attribute::")
    return Step(named(found["prefix"], found["name"]), is_attribute, is_deep, where)


@dataclass(slots=True)
class Tree:
    """A document in which paths are followed; ``work`` counts the nodes that were looked at."""

    root: etree._Element
    work: int = 0
    _by_tag: dict[str, list[etree._Element]] = field(default_factory=dict)

    def nodes(self, path: Path) -> list[Node]:
        """Return what a path leads to, in the order of the document.

        Raises:
            TooMuchWork: it takes too many steps.
        """
        found: list[Node] | None = None
        for step in path.steps:
            found = list(self._next(found, step))
            if not found:
                return []
        return found or []

    def nearest(self, path: Path) -> etree._Element:
        """Return the first element that the longest beginning of a path leads to, the root where there is none."""
        while path.steps:
            path = path.parent
            found = self.nodes(path)
            if found:
                return found[0].element
        return self.root

    def _next(self, before: Sequence[Node] | None, step: Step) -> Iterator[Node]:
        for element in self._elements(before, step):
            self._count()
            if step.is_attribute:
                names = list(element.attrib) if step.tag == "*" else [step.tag]
                yield from (Node(element, str(name)) for name in names if name in element.attrib)
            elif _is(element, step):
                yield Node(element)

    def _elements(self, before: Sequence[Node] | None, step: Step) -> Iterator[etree._Element]:
        """Yield the elements that a step may lead to, or whose attributes it may lead to."""
        if before is None:
            deep = self._tagged("*" if step.is_attribute else step.tag)
            yield from deep if step.is_deep else iter([] if step.is_attribute else [self.root])
            return
        if step.is_deep:
            yield from self._below(before, with_self=step.is_attribute)
            return
        for node in before:
            yield from [node.element] if step.is_attribute else node.element.iterchildren("*")

    def _below(self, before: Sequence[Node], *, with_self: bool) -> Iterator[etree._Element]:
        """Yield what is within elements, each once, in the order of the document; an element within another adds nothing."""
        seen: set[etree._Element] = set()
        for node in before:
            if node.element in seen:
                continue
            for element in node.element.iter("*"):
                self._count()
                seen.add(element)
                if with_self or element is not node.element:
                    yield element

    def _count(self) -> None:
        self.work += 1
        if self.work > _MOST_WORK:
            raise TooMuchWork

    def _tagged(self, tag: str) -> list[etree._Element]:
        if tag not in self._by_tag:
            self._by_tag[tag] = list(self.root.iter(tag))
            self.work += len(self._by_tag[tag])
        return self._by_tag[tag] if tag != "*" else [item for item in self._by_tag[tag] if isinstance(item.tag, str)]


def _is(element: etree._Element, step: Step) -> bool:
    if step.tag not in ("*", element.tag):
        return False
    if step.where is None:
        return True
    name, value = step.where
    stated = element.get(name)
    return stated is not None and value in (None, stated)
