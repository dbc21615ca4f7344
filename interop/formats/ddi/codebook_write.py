"""Writes a described data file as a document of DDI Codebook 2.6: the same description, the same bytes.

Source:
    DDI Codebook 2.6, ``fileDscr`` and ``dataDscr``; the elements stand in the order of its schema.
"""

from collections.abc import Mapping, Sequence

from lxml import etree

from semstat.interop.formats.ddi.codebook_elements import LANGUAGE, NAMESPACE, add
from semstat.validators.microdata import DescribedCode, DescribedFile, DescribedVariable, StatedStatistic
from semstat.validators.microdata.data_table import DataColumn

__all__ = ["codebook_text"]

_SUMMARIES = {
    "valid": "vald",
    "invalid": "invd",
    "minimum": "min",
    "maximum": "max",
    "mean": "mean",
    "median": "medn",
    "mode": "mode",
    "standard deviation": "stdev",
}
_CATEGORIES = {"frequency": "freq", "percent": "percent"}
_SCHEMAS = {"sav": "SPSS", "zsav": "SPSS", "por": "SPSS", "sas7bdat": "SAS", "xpt": "SAS"}


def codebook_text(file: DescribedFile, columns: Sequence[DataColumn], *, title: str) -> str:
    """Return a document that describes one data file.

    Characters that XML cannot hold are replaced by U+FFFD. Nothing comes from a clock.

    Args:
        file: What is said of the file; its first record is written.
        columns: What the file itself says of its variables, in their order: their display formats.
        title: The title of the study, which the standard demands.
    """
    names: dict[str | None, str] = {None: NAMESPACE}
    book = etree.Element(f"{{{NAMESPACE}}}codeBook", {"version": "2.6"}, nsmap=names)  # type: ignore[arg-type]
    add(add(add(add(book, "stdyDscr"), "citation"), "titlStmt"), "titl", title)
    variables = list(file.variables)
    ids = {item.name: f"V{item.position}" for item in reversed(variables)}
    _file(book, file, ids)
    data = add(book, "dataDscr")
    for variable, column in zip(variables, columns, strict=True):
        _variable(data, variable, column, ids, file.format or "")
    etree.indent(book, "  ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(book, encoding="unicode")}\n'


def _file(book: etree._Element, file: DescribedFile, ids: Mapping[str, str]) -> None:
    said = add(add(book, "fileDscr", attributes={"ID": "F1", "URI": file.uri}), "fileTxt")
    add(said, "fileName", file.name or "")
    if file.fingerprint is not None:
        print_ = add(said, "dataFingerprint", attributes={"type": "dataFile"})
        add(print_, "digitalFingerprintValue", file.fingerprint)
        add(print_, "algorithmSpecification", "SHA-256")
    key = file.records[0].key
    if key:
        structure = add(said, "fileStrc", attributes={"type": "rectangular"})
        add(structure, "recGrp", attributes={"keyvar": " ".join(ids[name] for name in key)})
    size = add(said, "dimensns")
    add(size, "caseQnty", str(file.cases))
    add(size, "varQnty", str(file.variable_count))
    add(said, "fileType", file.format)


def _variable(
    data: etree._Element, variable: DescribedVariable, column: DataColumn, ids: Mapping[str, str], format_: str
) -> None:
    weights = {item.weight for item in variable.statistics if item.weight is not None}
    attributes = {
        "ID": f"V{variable.position}",
        "name": variable.name,
        "wgt": "wgt" if variable.is_weight else None,
        "wgt-var": " ".join(ids[name] for name in sorted(weights)) or None,
        "files": "F1",
        "dcml": None if variable.decimals is None else str(variable.decimals),
        "intrvl": "contin" if variable.representation == "numeric" else "discrete",
        "representationType": variable.representation,
    }
    item = add(data, "var", attributes=attributes)
    if variable.width is not None:
        add(item, "location", attributes={"width": str(variable.width), "fileid": "F1"})
    _labels(item, variable.labels)
    _missing(item, variable)
    for figure in variable.statistics:
        if figure.code is None:
            add(item, "sumStat", figure.value, {"type": _SUMMARIES[figure.kind], **_weighted(figure, ids)})
    for code in variable.codes:
        _category(item, code, [figure for figure in variable.statistics if figure.code == code.value], ids)
    _format(item, variable, column, format_)


def _labels(parent: etree._Element, labels: Sequence[tuple[str, str | None]]) -> None:
    for text, language in labels:
        add(parent, "labl", text, {LANGUAGE: language})


def _missing(item: etree._Element, variable: DescribedVariable) -> None:
    if not variable.missing_ranges:
        return
    holder = add(item, "invalrng")
    for stretch in variable.missing_ranges:
        if stretch.low is not None and stretch.low == stretch.high:
            add(holder, "item", attributes={"VALUE": stretch.low})
        else:
            low = "min" if stretch.low_included else "minExclusive"
            high = "max" if stretch.high_included else "maxExclusive"
            add(holder, "range", attributes={low: stretch.low, high: stretch.high})


def _weighted(figure: StatedStatistic, ids: Mapping[str, str]) -> dict[str, str | None]:
    if not figure.weighted:
        return {}
    return {"wgtd": "wgtd", "wgt-var": ids[figure.weight] if figure.weight is not None else None}


def _category(
    parent: etree._Element, code: DescribedCode, figures: Sequence[StatedStatistic], ids: Mapping[str, str]
) -> None:
    item = add(parent, "catgry", attributes={"missing": "Y" if code.missing else None})
    add(item, "catValu", code.value)
    _labels(item, code.labels)
    for figure in figures:
        add(item, "catStat", figure.value, {"type": _CATEGORIES[figure.kind], **_weighted(figure, ids)})


def _format(item: etree._Element, variable: DescribedVariable, column: DataColumn, format_: str) -> None:
    schema = _SCHEMAS.get(format_, "other" if column.display else None)
    attributes = {
        "type": variable.storage,
        "formatname": column.display,
        "schema": schema if column.display else None,
        "otherSchema": "Stata" if schema == "other" else None,
        "category": "date" if column.kind == "date" else None,
    }
    add(item, "varFormat", attributes=attributes)
