"""What single elements of DDI-Lifecycle say: texts, numbers, truth values, references; and their raw form."""

from lxml import etree

from semstat.interop.formats.ddi.lifecycle_model import Identity, Pointer, Text
from semstat.interop.formats.ddi.lifecycle_names import name_of
from semstat.interop.formats.kept_xml import bare, standing_alone
from semstat.ontology.literals import is_language_tag

__all__ = [
    "depth_of",
    "integer",
    "is_identified",
    "is_pointer",
    "placed",
    "pointer_of",
    "says_identified",
    "shell_of",
    "text_of",
    "truth",
    "words_of",
]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MARKS = ("isMaintainable", "isVersionable", "isIdentifiable")
_PARTS = {"URN": "urn", "Agency": "agency", "ID": "id", "Version": "version"}
_TRUTH = {"true": True, "1": True, "false": False, "0": False}


def placed(element: etree._Element, depth: int, *, whole: bool = True) -> str:
    """Return the raw form of an element, after an instruction that says where in the thing around it stood.

    ``depth`` counts the elements that lead from that thing to it. Without ``whole`` only what the element says of itself is
    shown: the rest of it was read.

    Example:
        >>> placed(etree.fromstring("<a><b><c/></b></a>")[0][0], 2)
        '<?in b?><c></c>'
    """
    steps: list[str] = []
    node: etree._Element | None = element.getparent() if whole else element
    for _ in range(depth - 1 if whole else depth):
        if node is None:
            break
        before = sum(1 for _ in node.itersiblings(node.tag, preceding=True))
        local = name_of(str(node.tag)).local
        steps.append(f"{local}[{before + 1}]" if before else local)
        node = node.getparent()
    path = "/".join(reversed(steps))
    if whole:
        return f"<?in {path}?>{standing_alone(element)}" if path else standing_alone(element)
    return f"<?of {path or '.'}?>{shell_of(element)}"


def shell_of(element: etree._Element) -> str:
    """Return the raw form of an element with its attributes and its own text alone."""
    shell = bare(element, {str(key): str(text) for key, text in element.attrib.items()})
    shell.text = element.text if not len(element) else None
    return standing_alone(shell)


def text_of(element: etree._Element) -> Text:
    """Return the text of an element, that of elements within it included, and its language, its own or inherited."""
    value = "".join(map(str, element.itertext("*"))) if len(element) else element.text or ""
    return Text(value, _language(element))


def _language(element: etree._Element | None) -> str | None:
    while element is not None:
        found = element.get(_LANGUAGE)
        if found is not None:
            return found.strip() if is_language_tag(found.strip()) else None
        element = element.getparent()
    return None


def integer(text: str | None) -> int | None:
    """Return a whole number, ``None`` for what is none.

    Example:
        >>> integer(" 12 "), integer("many")
        (12, None)
    """
    stripped = (text or "").strip()
    return int(stripped) if stripped.isascii() and stripped.removeprefix("-").isdigit() and len(stripped) < 19 else None


def truth(text: str | None) -> bool | None:
    """Return a truth value of XSD, ``None`` for what is none."""
    return _TRUTH.get((text or "").strip())


def words_of(element: etree._Element) -> tuple[list[Text], bool]:
    """Return the literal texts of a dynamic text, joined for each language, and whether that is all of it."""
    joined: dict[str | None, str] = {}
    whole = True
    for child in element.iterchildren("*"):
        if name_of(child.tag).local != "LiteralText":
            whole = False
            continue
        for below in child.iterchildren("*"):
            if name_of(below.tag).local == "Text":
                text = text_of(below)
                joined[text.language] = joined.get(text.language, "") + text.value
            else:
                whole = False
    return [Text(value, language) for language, value in joined.items()], whole


def _reusable(element: etree._Element) -> set[str]:
    found = (name_of(child.tag) for child in element if isinstance(child.tag, str))
    return {name.local for name in found if name.prefix == "r"}


def is_pointer(element: etree._Element) -> bool:
    """Whether an element is a reference: it says of which kind its target is, or is called one and names something."""
    children = _reusable(element)
    if "TypeOfObject" in children and name_of(element.tag).local != "MaintainableObject":
        return True
    return name_of(element.tag).local.endswith("Reference") and not children.isdisjoint(_PARTS)


def says_identified(element: etree._Element) -> bool:
    """Whether an element says of itself that it has an identity."""
    return any(_TRUTH.get(element.get(mark, "")) for mark in _MARKS)


def is_identified(element: etree._Element) -> bool:
    """Whether an element has an identity of its own, or says so."""
    return says_identified(element) or not _reusable(element).isdisjoint(("URN", "ID", "Agency"))


def pointer_of(element: etree._Element, line: int | None) -> Pointer:
    """Return the reference that an element is."""
    stated: dict[str, str] = {}
    object_type: str | None = None
    unread: list[str] = []
    for child in element.iterchildren("*"):
        name = name_of(child.tag)
        value = (child.text or "").strip()
        if name.prefix == "r" and name.local in _PARTS:
            stated.setdefault(_PARTS[name.local], value)
        elif name.prefix == "r" and name.local == "TypeOfObject":
            object_type = value
        elif name.prefix == "r" and name.local == "MaintainableObject":
            stated["maintainable"] = _maintainable(child)
        else:
            unread.append(standing_alone(child))
    return Pointer(
        name_of(element.tag).full,
        line,
        Identity(**stated),
        object_type,
        truth(element.get("isExternal")),
        truth(element.get("lateBound")),
        tuple(unread),
    )


def _maintainable(element: etree._Element) -> str:
    for child in element.iterchildren("*"):
        if name_of(child.tag).local in ("MaintainableID", "ID"):
            return (child.text or "").strip()
    return ""


def depth_of(path: str) -> int:
    """Return how many elements a path leads through.

    Example:
        >>> depth_of("Label/Content"), depth_of("Low/@isInclusive")
        (2, 1)
    """
    return sum(bool(step) and not step.startswith("@") for step in path.split("/"))
