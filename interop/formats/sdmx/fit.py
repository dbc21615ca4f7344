"""Artefacts fitted to a dialect: names, versions, flags and texts that the target can say; the rest goes on the account."""

from dataclasses import replace

from semstat.interop.formats.sdmx.model import Annotation, Facts, Maintainable, Reference, Text
from semstat.interop.formats.sdmx.target import Writing
from semstat.ontology.iri import SdmxName

__all__ = ["fit_annotations", "fit_facts", "fit_head", "fit_name", "fit_reference"]

_FIXED = frozenset({"AgencyScheme", "DataProviderScheme", "DataConsumerScheme", "MetadataProviderScheme"})
_UNDETERMINED = "und"


def fit_name(name: SdmxName, writing: Writing, *, part: str | None = None) -> SdmxName:
    """Return the name by which the target knows an artefact.

    Findings:
        ``IO203`` when the target has no such version numbers.
    """
    dialect = writing.dialect
    cls = dialect.classes.get(name.cls, name.cls)
    if cls == "Codelist" and name.cls == "ValueList":
        name = replace(name, package="codelist")
    version = _version(name.version, legacy=dialect.legacy)
    wild = not dialect.legacy and name.version is not None and ("+" in name.version or name.version == "*")
    if wild or (version == name.version and (version is None or dialect.versions.fullmatch(version))):
        return replace(name, cls=cls)
    stated = f"the version `{name.version}`" if name.version is not None else "no version"
    message = f"{stated} is written as `{version}`, since SDMX-ML {dialect.version} has no such versions"
    writing.entry.lose("IO203", message, part=part, value=name.version or "")
    return replace(name, cls=cls, version=version)


def _version(version: str | None, *, legacy: bool) -> str | None:
    """Return the nearest version number: without extension or wildcard in 2.1, without leading zeros or a fourth part in 3.x."""
    if version is None or version == "*":
        return "1.0" if legacy else version
    if legacy:
        return version.split("-")[0].replace("+", "")
    core, dash, extension = version.partition("-")
    parts = core.split(".")
    if not all(part.isdecimal() for part in parts):
        return version
    numbers = [str(int(part)) for part in parts]
    further = [*numbers[3:], *([extension] if dash else [])]
    return ".".join(numbers[:3]) + ("-" + ".".join(further) if further else "")


def fit_reference(reference: Reference, writing: Writing, *, part: str | None = None) -> Reference:
    """Return a reference under the name by which the target knows the artefact."""
    return replace(reference, name=fit_name(reference.name, writing, part=part))


def fit_head(head: Maintainable, writing: Writing) -> Maintainable:
    """Return the identity of an artefact as the target says it.

    Findings:
        ``IO203``; ``IO210`` when finality cannot be stated; those of :func:`fit_facts`.
    """
    name = fit_name(head.name, writing)
    if head.element in writing.dialect.unversioned - _FIXED and name.version is not None:
        message = f"its version `{name.version}` is not written: SDMX-ML {writing.dialect.version} has none for it"
        writing.entry.lose("IO203", message, value=name.version)
    flags = dict(head.flags)
    if flags.get("isPartialLanguage") is not None and writing.dialect.version != "3.1":
        message = "that it has some of its languages only cannot be said before SDMX-ML 3.1"
        if flags.pop("isPartialLanguage"):
            writing.entry.lose("IO210", message, value="isPartialLanguage")
    if writing.dialect.legacy:
        if _is_release(head.name.version) and writing.source.startswith("3") and head.name.cls not in _FIXED:
            flags.setdefault("isFinal", True)  # SDMX 3.0, Section 6: a semantic version without extension is final
    elif (final := flags.pop("isFinal", None)) is not None and final != _is_release(name.version):
        _lose_finality(name.version, writing, final=final)
    return replace(head, name=name, flags=tuple(flags.items()), facts=fit_facts(head.facts, writing, None))


def _lose_finality(version: str | None, writing: Writing, *, final: bool) -> None:
    """Enter that a version says of itself the contrary of what is stated; what is not final is so by default where none does."""
    if final:
        message = f"that it is final is not said: in SDMX-ML 3.x only semantic versions are, and this is `{version}`"
    else:
        message = f"that it is not final is not said: in SDMX-ML 3.x the version `{version}` is"
    writing.entry.lose("IO210", message, value="isFinal")


def _is_release(version: str | None) -> bool:
    parts = (version or "").split(".")
    return len(parts) == 3 and all(part.isdecimal() for part in parts)


def fit_facts(facts: Facts, writing: Writing, part: str | None, *, named: bool = True) -> Facts:
    """Return the common facts of an artefact or item as the target says them; ``named`` if it must have a name.

    Findings:
        ``IO209`` for texts and annotations, ``IO212`` for a name that was missing.
    """
    names = _texts(facts.names, writing, part)
    if named and not names:
        writing.entry.lose("IO212", f"a name is missing; the id `{facts.id}` is written in its place", part=part)
        names = (Text(facts.id, "en"),)
    if facts.links and writing.dialect.legacy:
        urls = " ".join(link.url or "" for link in facts.links)
        message = "links to other resources cannot be said in SDMX-ML 2.1"
        writing.entry.lose("IO202", message, part=part, value=urls, count=len(facts.links))
    return replace(
        facts,
        links=() if writing.dialect.legacy else facts.links,
        names=names,
        descriptions=_texts(facts.descriptions, writing, part),
        annotations=fit_annotations(facts.annotations, writing, part),
    )


def fit_annotations(annotations: tuple[Annotation, ...], writing: Writing, part: str | None) -> tuple[Annotation, ...]:
    """Return annotations as the target says them.

    Findings:
        ``IO209`` for languages, values and further addresses that it cannot say.
    """
    return tuple(_annotation(item, writing, part) for item in annotations)


def _texts(texts: tuple[Text, ...], writing: Writing, part: str | None) -> tuple[Text, ...]:
    return tuple(_text(text, writing, part) for text in texts)


def _text(text: Text, writing: Writing, part: str | None) -> Text:
    if text.language is not None:
        return text
    writing.entry.lose(
        "IO209", f"a text of no known language is written as `{_UNDETERMINED}`", part=part, value=text.value
    )
    return Text(text.value, _UNDETERMINED)


def _annotation(annotation: Annotation, writing: Writing, part: str | None) -> Annotation:
    fitted = replace(annotation, texts=_texts(annotation.texts, writing, part))
    if not writing.dialect.legacy:
        return fitted
    if annotation.value is not None:
        message = "the value of an annotation cannot be said in SDMX-ML 2.1"
        writing.entry.lose("IO209", message, part=part, value=annotation.value)
        fitted = replace(fitted, value=None)
    if len(annotation.urls) > 1 or any(url.language for url in annotation.urls):
        message = "an annotation has one address, without a language, in SDMX-ML 2.1; the first is written"
        writing.entry.lose("IO209", message, part=part, value=" ".join(url.value for url in annotation.urls))
    return replace(fitted, urls=tuple(Text(url.value, None) for url in annotation.urls[:1]))
