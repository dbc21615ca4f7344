"""How it travels: files and folders in, verdicts out. The public functions load their engines when first called."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semstat.interop.baselines import validate_with_baseline
    from semstat.interop.document import Document
    from semstat.interop.options import Options
    from semstat.interop.profile_files import named_profile
    from semstat.interop.publishing import plans, published_shapes
    from semstat.interop.reading import read
    from semstat.interop.registry import Format, known_formats
    from semstat.interop.structures import NoSuchStructure
    from semstat.interop.validation import validate

__all__ = [
    "Document",
    "Format",
    "NoSuchStructure",
    "Options",
    "known_formats",
    "named_profile",
    "plans",
    "published_shapes",
    "read",
    "validate",
    "validate_with_baseline",
]

_HOMES = {
    "Document": "document",
    "Format": "registry",
    "NoSuchStructure": "structures",
    "Options": "options",
    "known_formats": "registry",
    "named_profile": "profile_files",
    "read": "reading",
    "plans": "publishing",
    "published_shapes": "publishing",
    "validate": "validation",
    "validate_with_baseline": "baselines",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that importing the package costs nothing."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
