"""Documents of DDI judged by what the user gives for it: XML schemas of the standard, and profiles."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from semstat.interop.ddi_profiles import named_ddi_profile, of_ddi_profiles, of_profiles_themselves
from semstat.interop.ddi_schemas import of_ddi_schema
from semstat.interop.options import Options
from semstat.interop.sources import Source
from semstat.validators.diagnostics import Report

__all__ = ["of_given"]


def of_given(documents: Sequence[Source], options: Options, *, beside: Sequence[Source] = ()) -> Iterator[Report]:
    """Yield what the schemas and profiles that a user names say of documents of DDI.

    Without schemas, that level could not be checked; without profiles, that level does not apply. Documents ``beside`` the
    others, which only serve to judge data, are held to what was asked for and to nothing else.

    Raises:
        NoSuchFolder: the folder of schemas is none.
        DdiProfileError: a profile cannot be used.

    Findings:
        Those of :func:`semstat.interop.ddi_schemas.of_ddi_schema` and
        :func:`semstat.interop.ddi_profiles.of_ddi_profiles`.
    """
    from semstat.interop.schema.folder import user_schemas

    if not documents and not beside:
        return
    schemas = None if options.ddi.schemas is None else user_schemas(Path(options.ddi.schemas))
    profiles = [named_ddi_profile(name) for name in dict.fromkeys(options.ddi.profiles)]
    for item in documents:
        yield of_ddi_schema(item, schemas, options)
        yield of_ddi_profiles(item, profiles, options)
    for item in beside:
        if schemas is not None:
            yield of_ddi_schema(item, schemas, options)
        if profiles:
            yield of_ddi_profiles(item, profiles, options)
    if profiles:
        yield of_profiles_themselves(profiles, options)
