"""What is kept of DDI Codebook without being interpreted: raw XML, each piece after an instruction that says where it stood.

``<?in citation/prodStmt?><fundAg>…</fundAg>`` is an element that stood in others below its owner; ``<?of catgry/labl?>``
precedes an element that was read but for the attributes shown. A step with a number, ``useStmt[2]``, is one of several.
"""

from collections.abc import Iterator

from lxml import etree

from semstat.interop.formats.ddi.codebook_source import local, text_of
from semstat.interop.formats.kept_xml import bare, standing_alone

__all__ = ["OF", "WITHIN", "kept_attributes", "kept_element", "kept_names", "pieces", "step_of"]

WITHIN, OF = "in", "of"
_SELF = "."


def kept_element(element: etree._Element, owner: etree._Element) -> str:
    """Return the raw form of an element that is kept whole, for the thing that ``owner`` was read as.

    Example:
        >>> book = etree.fromstring("<stdyDscr><citation><holdings>two</holdings></citation></stdyDscr>")
        >>> kept_element(book[0][0], book)
        '<?in citation?><holdings>two</holdings>'
    """
    path = _path(element.getparent(), owner)
    raw = standing_alone(element)
    return f"<?{WITHIN} {path}?>{raw}" if path else raw


def kept_attributes(element: etree._Element, attributes: dict[str, str], owner: etree._Element) -> str:
    """Return the raw form of attributes of an element that was read; its text tells it from others where it has one.

    Example:
        >>> book = etree.fromstring('<var><concept vocab="C">Age</concept></var>')
        >>> kept_attributes(book[0], {"vocab": "C"}, book)
        '<?of concept?><concept vocab="C">Age</concept>'
    """
    shell = bare(element, attributes)
    if element is not owner and (element.text or "").strip():
        shell.text = text_of(element)
    path = _path(element, owner, is_told=shell.text is not None) or _SELF
    return f"<?{OF} {path}?>{standing_alone(shell)}"


def _path(element: etree._Element | None, owner: etree._Element, *, is_told: bool = False) -> str:
    steps: list[str] = []
    while element is not None and element is not owner:
        same = element.itersiblings(element.tag, preceding=True)
        # A text tells an element from others better than a number; those without one are counted among themselves.
        here = [item for item in same if steps or not (item.text or "").strip()]
        before = 0 if is_told and not steps else len(here)
        steps.append(f"{local(element)}[{before + 1}]" if before else local(element))
        element = element.getparent()
    return "/".join(reversed(steps))


def pieces(raw: str) -> Iterator[tuple[str, str, etree._Element]]:
    """Yield from kept content how each piece was kept, the path that it stood at, and the piece; none where it is no XML.

    Example:
        >>> [(how, path, piece.tag) for how, path, piece in pieces("<?in citation?><holdings/>")]
        [('in', 'citation', 'holdings')]
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        whole = etree.fromstring(f"<kept>{raw}</kept>".encode(), parser)
    except etree.XMLSyntaxError:
        return
    how, path = WITHIN, ""
    for node in whole:
        if isinstance(node, etree._ProcessingInstruction):
            how, path = str(node.target), node.text or ""
        elif isinstance(node.tag, str):
            yield how, "" if path == _SELF else path, node
            how, path = WITHIN, ""


def kept_names(raw: str) -> Iterator[str]:
    """Yield what kept content is called in an account: each element, or each attribute of one that was read otherwise.

    Example:
        >>> list(kept_names('<holdings/><?of concept?><concept vocab="C">Age</concept>'))
        ['element `holdings`', 'attribute `vocab` of a `concept`']
    """
    for how, _, piece in pieces(raw):
        if how != OF:
            yield f"element `{local(piece)}`"
            continue
        for name in piece.attrib:
            yield f"attribute `{etree.QName(str(name)).localname}` of a `{local(piece)}`"


def step_of(step: str) -> tuple[str, int]:
    """Return the name and the number that a step of a path says.

    Example:
        >>> step_of("useStmt[2]"), step_of("citation")
        (('useStmt', 2), ('citation', 1))
    """
    name, _, number = step.partition("[")
    return name, int(number.removesuffix("]") or 1) if number else 1
