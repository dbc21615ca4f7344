"""Elements of SDMX-ML data made from columns: attributes of XML, and ``Comp`` elements for what attributes cannot hold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from semstat.interop.formats.outgoing import Losses, Outgoing
from semstat.interop.formats.spool import column
from semstat.interop.formats.text_columns import map_text
from semstat.interop.formats.text_output import each_distinct, glue, plain, replaced
from semstat.validators.observations import LANGUAGE_MARK, LANGUAGES, PART_SEPARATOR, VERSION_SEPARATOR

__all__ = ["Elements", "attribute_value"]

_SPECIAL = '[&<>"\t\n\r]'
_REPLACEMENTS = (
    ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\t", "&#9;"), ("\n", "&#10;"), ("\r", "&#13;"),
)  # fmt: skip
_NOT_XML = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1e\\x{fffe}\\x{ffff}]"
_NOT_XML_PATTERN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]")
"""What XML 1.0 cannot hold in any form (2.2, Char), but the separator of parts, which is not written."""


def _text(text: str, language: str) -> str:
    return f'<com:Text xml:lang="{attribute_value(language)}">{attribute_value(text)}</com:Text>'


def attribute_value(text: str) -> str:
    """Return a text as it stands between the quotation marks of an attribute.

    Example:
        >>> attribute_value('a "b" & c')
        'a &quot;b&quot; &amp; c'
    """
    for character, replacement in _REPLACEMENTS:
        text = text.replace(character, replacement)
    return text


@dataclass(slots=True)
class Elements:
    """Makes the elements of one dataset.

    Args:
        dataset: The dataset.
        prefix: The namespace prefix of the structure's own types, with its colon.
        complex: Components that are written as ``Comp`` elements (SDMX 3.0), and the names of their types.
    """

    dataset: Outgoing
    prefix: str
    complex: Mapping[str, str] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)

    def make(self, tag: str, batch: pa.RecordBatch, names: Sequence[str], *, open_ended: bool = False) -> pa.Array:
        """Return one element for each row.

        Args:
            tag: The start of the element, with any fixed attributes.
            batch: The rows.
            names: The components to write, in this order.
            open_ended: Leave the element open, for its children.
        """
        names = [name for name in names if not name.startswith(LANGUAGES)]
        simple = [self._attribute(batch, name) for name in names if name not in self.complex]
        nested = [self._component(batch, name) for name in names if name in self.complex]
        # The bytes of a constant array, so that a batch without any such column still has its rows.
        first = pa.array([f"<{tag}"] * batch.num_rows, pa.string())
        start = pc.binary_join_element_wise(first, *simple, "", null_handling="skip")
        local = tag.partition(" ")[0]
        if not nested:
            return glue(start, ">" if open_ended else "/>")
        inside = pc.binary_join_element_wise(pa.array([""] * batch.num_rows), *nested, "", null_handling="skip")
        full = glue(start, ">", inside) if open_ended else glue(start, ">", inside, f"</{local}>")
        empty = glue(start, ">" if open_ended else "/>")
        return pc.if_else(pc.equal(pc.binary_length(inside), 0), empty, full)

    def _attribute(self, batch: pa.RecordBatch, name: str) -> pa.Array:
        values = column(batch, name)
        if name in self.dataset.multivalued:
            values = each_distinct(values, lambda text: pc.replace_substring_regex(text, f"(?s){PART_SEPARATOR}.*", ""))
        text = self._legal(values, name)
        return glue(
            f' {name}="', each_distinct(text, partial(replaced, special=_SPECIAL, replacements=_REPLACEMENTS)), '"'
        )

    def _component(self, batch: pa.RecordBatch, name: str) -> pa.Array:
        cells = plain(map_text(self._legal(column(batch, name), name), partial(self._comp, name)))
        if LANGUAGES + name not in batch.schema.names:
            return cells
        marked = plain(map_text(batch.column(LANGUAGES + name), partial(self._comp_in_languages, name)))
        return pc.coalesce(marked, cells)

    def _comp(self, name: str, cell: str) -> str:
        parts = cell.split(PART_SEPARATOR)
        # No language is known: without the mark, the schema would say that the text is English.
        is_text = name in self.dataset.multilingual
        return self._nested(name, [_text(part, "und") if is_text else attribute_value(part) for part in parts])

    def _comp_in_languages(self, name: str, cell: str) -> str:
        values = []
        for part in cell.split(PART_SEPARATOR):
            versions = (version.rpartition(LANGUAGE_MARK) for version in part.split(VERSION_SEPARATOR))
            values.append(
                "".join(_text(_NOT_XML_PATTERN.sub("\ufffd", text), mark or "und") for mark, _, text in versions)
            )
        return self._nested(name, values)

    def _nested(self, name: str, values: Sequence[str]) -> str:
        inside = "".join(f"<Value>{value}</Value>" for value in values)
        return f'<Comp id="{name}" xsi:type="{self.prefix}{self.complex[name]}">{inside}</Comp>'

    def _legal(self, values: pa.Array, name: str) -> pa.Array:
        text = values.dictionary if pa.types.is_dictionary(values.type) else values
        if not pc.any(pc.match_substring_regex(text, _NOT_XML)).as_py():
            return values
        text = plain(values)
        count = pc.sum(pc.match_substring_regex(text, _NOT_XML)).as_py()
        self.changed[name] = self.changed.get(name, 0) + int(count or 0)
        return pc.replace_substring_regex(text, _NOT_XML, "\ufffd")

    def report(self, losses: Losses) -> None:
        """Note the texts that XML cannot hold (IO228)."""
        for name, count in self.changed.items():
            message = f"XML holds no control characters; texts of `{name}` with a mark in their place: {count}"
            losses.add("IO228", count, message, source=self.dataset.source, path=name)
