"""How it travels: files and folders in, verdicts out. The public functions load their engines when first called."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semstat.interop.baselines import validate_with_baseline
    from semstat.interop.catalogue import Catalogue
    from semstat.interop.conversion import CannotConvert, Conversion, convert
    from semstat.interop.data_tables import DataTable, read_data
    from semstat.interop.document import Document
    from semstat.interop.formats.sdmx.header import Header, Party
    from semstat.interop.losses import loses_content, loss_report, loss_summary
    from semstat.interop.options import Options
    from semstat.interop.profile_files import named_profile
    from semstat.interop.publishing import plans, problem_line, published_shapes
    from semstat.interop.reading import read
    from semstat.interop.registry import Format, known_formats
    from semstat.interop.structures import NoSuchStructure
    from semstat.interop.validation import validate
    from semstat.interop.xsd import published_xsd

__all__ = [
    "CannotConvert",
    "Catalogue",
    "Conversion",
    "DataTable",
    "Document",
    "Format",
    "Header",
    "NoSuchStructure",
    "Options",
    "Party",
    "convert",
    "known_formats",
    "loses_content",
    "loss_report",
    "loss_summary",
    "named_profile",
    "plans",
    "problem_line",
    "published_shapes",
    "published_xsd",
    "read",
    "read_data",
    "validate",
    "validate_with_baseline",
]

_HOMES = {
    "CannotConvert": "conversion",
    "Catalogue": "catalogue",
    "Conversion": "conversion",
    "DataTable": "data_tables",
    "Document": "document",
    "Format": "registry",
    "Header": "formats.sdmx.header",
    "Party": "formats.sdmx.header",
    "convert": "conversion",
    "loses_content": "losses",
    "loss_report": "losses",
    "loss_summary": "losses",
    "problem_line": "publishing",
    "NoSuchStructure": "structures",
    "Options": "options",
    "known_formats": "registry",
    "named_profile": "profile_files",
    "read": "reading",
    "read_data": "data_tables",
    "plans": "publishing",
    "published_shapes": "publishing",
    "published_xsd": "xsd",
    "validate": "validation",
    "validate_with_baseline": "baselines",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that importing the package costs nothing."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
