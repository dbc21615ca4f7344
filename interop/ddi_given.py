"""Documents of DDI judged by what the user gives for it: XML schemas of the standard."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from semstat.interop.ddi_schemas import of_ddi_schema
from semstat.interop.options import Options
from semstat.interop.sources import Source
from semstat.validators.diagnostics import Report

__all__ = ["of_given"]


def of_given(documents: Sequence[Source], options: Options) -> Iterator[Report]:
    """Yield what the schemas that a user names say of documents of DDI; without them, that the level could not be checked.

    Raises:
        NoSuchFolder: the folder of schemas is none.

    Findings:
        Those of :func:`semstat.interop.ddi_schemas.of_ddi_schema`.
    """
    from semstat.interop.schema.folder import user_schemas

    if not documents:
        return
    schemas = None if options.ddi.schemas is None else user_schemas(Path(options.ddi.schemas))
    for item in documents:
        yield of_ddi_schema(item, schemas, options)
