"""The page on facets and data types, written from the tables that shapes are made from."""

from semstat.validators.structural.datatypes import TEXT_TYPES, TextType
from semstat.validators.structural.facet_table import FACETS, Facet

FAMILIES = {
    "number": "exact numbers",
    "floating": "floating-point numbers",
    "period": "periods",
    "moment": "dates and moments",
    "text": "all other types",
}
INTRODUCTION = """# Facets and data types

What `semstat validate` demands of values by the representation of their component: first by its data type, then by its facets.
What is not held is named in every report, as a check that was not made, with the reason.

The same is held of codes, by the format of the enumeration. There it is a warning where the code list is at hand: a code of
the list that breaks the format is a matter of the structure. Without the list, ranges of numbers are not held.
"""
REMARKS = """## What a structure may get wrong

A facet that has no value of its own kind is a finding on the structure ([DSD020](rules/DSD020.md)), so are two that leave no room
for any value ([DSD019](rules/DSD019.md)), and one that does not apply to the type or lacks another facet that it needs
([DSD025](rules/DSD025.md)). Where data are judged by such a structure, these facets are named as not checked. A bound of a sequence
that stands without one, `startValue` or `endValue`, is held as a bound.

A pattern is one of XML Schema. Class subtraction and categories of Unicode have no form that every engine reads alike: such
a pattern is named as not checked. A sequence without an end is held where its interval divides a power of ten, one with an end
where it has at most 1 000 members.

`Alpha`, `AlphaNumeric` and `Numeric` take the letters A to Z and the digits 0 to 9 only, as the types of these names in the schemas
(2.1 to 3.1) do: what a schema refuses is no valid message. Periods have years of four digits (SDMX 3.0, Section 6, 4.2); `Date` and
`DateTime` take the years of XML Schema. Days are those of the calendar: --02-29 is a `MonthDay`, --02-30 is none.

Markup (`XHTML`) is parsed: elements close and nest, 200 deep at most, no document type is declared, nothing is fetched. A text
without any `<` is right. Of `GeospatialInformation` the samples of the standard give the form: a reference system, a precision,
and sets of geometries in well-known text, each in braces. How `KeyValues` and `DataSetReference` are written as a text no
document says: what is held is what is in use, and whatever differs is a warning. Of a key, dimensions and codes are those of
the structure.

A component that takes one language (`isMultiLingual="false"`) is looked at where a format says which language a text is in.

Why it is so: [decision 23](../decisions/0023-facets-are-one-table.md).
"""


def facets_page(note: str) -> str:
    """Return the page: each data type with its form, each facet with the types on whose values it is held."""
    types = ["| data type | form | such as |", "|---|---|---|"]
    types += [f"| {kind.name} | {_form(kind)} | {_examples(kind)} |" for kind in TEXT_TYPES.values()]
    heads = " | ".join(FAMILIES.values())
    facets = [f"| facet | its value | what is held | {heads} |", f"|---|---|---|{'---|' * len(FAMILIES)}"]
    facets += [_row(facet) for facet in FACETS.values()]
    parts = [
        note,
        INTRODUCTION.strip(),
        "## Data types",
        "\n".join(types),
        "## Facets",
        "\n".join(facets),
        REMARKS.strip(),
    ]
    return "\n\n".join(parts) + "\n"


def _form(kind: TextType) -> str:
    if kind.is_parsed:
        return "well-formed, as parsing tells (DF005)"
    if kind.name == "KeyValues":
        return "a key of the structure's dimensions (DF005, as a warning)"
    if kind.pattern is None:
        return "any text"
    rule = "DF007" if kind.is_period else "DF005, as a warning" if kind.is_usual else "DF005"
    bounds = [f"{word} {bound}" for word, bound in (("from", kind.minimum), ("to", kind.maximum)) if bound is not None]
    return (
        ", ".join([FAMILIES[kind.family] if kind.family != "text" else "a form of its own", " ".join(bounds)]).rstrip(
            ", "
        )
        + f" ({rule})"
    )


def _examples(kind: TextType) -> str:
    return ", ".join(f"`{example}`" for example in kind.examples)


def _row(facet: Facet) -> str:
    marks = " | ".join(facet.rule if family in facet.families else "not checked" for family in FAMILIES)
    return f"| `{facet.name}` | {facet.said} | {facet.held} | {marks} |"
