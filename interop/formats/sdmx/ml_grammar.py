"""Which element of SDMX-ML data may stand where, and what is said of one that may not."""

__all__ = ["STEPS", "unforeseen"]

STEPS = {
    ("message", "Header"): "tree",
    ("message", "Footer"): "tree",
    ("message", "DataSet"): "dataset",
    ("dataset", "Atts"): "atts",
    ("dataset", "Group"): "group",
    ("dataset", "Series"): "series",
    ("dataset", "Obs"): "obs",
    ("series", "Obs"): "obs",
    ("atts", "Comp"): "comp",
    ("group", "Comp"): "comp",
    ("series", "Comp"): "comp",
    ("obs", "Comp"): "comp",
    ("comp", "Value"): "value",
    ("value", "Text"): "text",
    ("value", "StructuredText"): "text",
}
"""Which element may stand in which context, and the context that it opens."""

_KEPT_RAW = frozenset({"Annotations", "Metadata", "DataProvider"})
_PLACES = {"obs": "an `Obs`", "atts": "`Atts`", "dataset": "a `DataSet`", "message": "the message"}


def unforeseen(context: str, local: str) -> tuple[str, str]:
    """Return the rule and the message for an element that is not read in a context.

    Example:
        >>> unforeseen("series", "Note")
        ('IO108', 'the standard knows no element `Note` in a `Series`; it is passed over')
    """
    where = _PLACES.get(context, f"a `{context.capitalize()}`")
    if local in _KEPT_RAW:
        return "IO114", f"the element `{local}` in {where} is not interpreted"
    return "IO108", f"the standard knows no element `{local}` in {where}; it is passed over"
