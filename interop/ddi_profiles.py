"""The third level of judging a document of DDI: whether it keeps to profiles, one's own or those brought along."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from semstat.interop.counting import InputRefused
from semstat.interop.options import Options
from semstat.interop.reading import content
from semstat.interop.recognise import is_xml
from semstat.interop.reports import listed, totals
from semstat.interop.safety import XmlTree, read_xml
from semstat.interop.sources import Source
from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Report
from semstat.validators.nearest import nearest_code

if TYPE_CHECKING:
    from semstat.interop.formats.ddi.profile import DdiProfile
    from semstat.interop.formats.ddi.profile_judge import ProfileVerdict

__all__ = [
    "OWN_PROFILES",
    "DdiProfileError",
    "NamedProfile",
    "named_ddi_profile",
    "of_ddi_profiles",
    "of_profiles_themselves",
]

OWN_PROFILES = {"nso": "nso.xml"}
"""The profiles that are brought along, by name; docs/howto/validate-ddi.md says what each demands, and why."""
_OF_LIFECYCLE = {"nso": "nso-lifecycle.xml"}
"""The same for documents of DDI-Lifecycle."""
_LIFECYCLE = re.compile(r"ddi:(?!ddiprofile:)[a-z]+:(?P<version>3_[23])")

_MOST_BYTES = 16 << 20
_OWN_PREFIX = "ddi"
_NONE_ASKED = "no profile is asked for; `--ddi-profile` names one"


class DdiProfileError(ValueError):
    """A profile that cannot be used; the text says why, and what was probably meant."""


@dataclass(frozen=True, slots=True)
class NamedProfile:
    """A profile that the user asked for: the document that it is, and whether it is one of ours.

    Ours are for codebooks of any version: their prefix stands for the namespace of the document that is judged. They have a
    form for DDI-Lifecycle as well, ``lifecycle``, whose prefixes stand for the namespaces of its version.
    """

    origin: str
    tree: XmlTree
    is_own: bool
    lifecycle: XmlTree | None = None

    def on(self, namespace: str) -> "DdiProfile":
        """Return the profile as it is for documents of a namespace."""
        from semstat.interop.formats.ddi.lifecycle_names import PREFIXES
        from semstat.interop.formats.ddi.profile import profile_in

        version = _LIFECYCLE.fullmatch(namespace)
        if self.lifecycle is not None and version is not None:
            spaces = {prefix: f"ddi:{module}:{version['version']}" for module, prefix in PREFIXES.items()}
            return profile_in(self.lifecycle, self.origin, spaces)
        return profile_in(self.tree, self.origin, {_OWN_PREFIX: namespace} if self.is_own else None)

    def is_on(self, namespace: str, root: str) -> bool:
        """Return whether the profile is on documents with a root element in a namespace."""
        if not self.is_own:
            return self.on(namespace).on(namespace)
        return root == "codeBook" or (self.lifecycle is not None and _LIFECYCLE.fullmatch(namespace) is not None)


def named_ddi_profile(name: str) -> NamedProfile:
    """Return one of the profiles that are brought along by its name, or that of a file.

    Raises:
        DdiProfileError: there is no such profile or file, or the file holds no DDI profile.

    Example:
        >>> named_ddi_profile("nso").is_own
        True
        >>> named_ddi_profile("ns0")
        Traceback (most recent call last):
        semstat.interop.ddi_profiles.DdiProfileError: there is no DDI profile 'ns0', did you mean nso?
    """
    is_own = name in OWN_PROFILES
    tree = read_xml(_own(OWN_PROFILES[name]) if is_own else _of_file(name), origin=name)
    if isinstance(tree, Diagnostic):
        raise DdiProfileError(f"{name}: {tree.message}")
    local = str(tree.root.tag).rpartition("}")[2]
    if local != "DDIProfile":
        raise DdiProfileError(f"{name} is no DDI profile: its root element is {local}")
    other = read_xml(_own(_OF_LIFECYCLE[name]), origin=name) if is_own else None
    return NamedProfile(name, tree, is_own, other if isinstance(other, XmlTree) else None)


def _own(file: str) -> bytes:
    return files("semstat.interop.formats.ddi").joinpath("profiles", file).read_bytes()


def _of_file(name: str) -> bytes:
    path = Path(name)
    if not path.is_file() and not name.lower().endswith(".xml"):
        close = nearest_code(name, list(OWN_PROFILES))
        hint = f", did you mean {close}?" if close else f"; there are {', '.join(OWN_PROFILES)}, and files"
        raise DdiProfileError(f"there is no DDI profile {name!r}{hint}")
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as problem:
        raise DdiProfileError(f"{name} cannot be read: {problem.strerror}") from problem
    if len(data) > _MOST_BYTES:
        raise DdiProfileError(f"{name} is larger than {_MOST_BYTES} bytes, which no profile is")
    return data


def of_ddi_profiles(source: Source, profiles: Sequence[NamedProfile], options: Options) -> Report:
    """Return what the profiles that the user asked for find in a document of DDI.

    A profile is on documents of the namespaces that it declares. Where none of those asked for is on the document, it could
    not be checked; where some are, the others do not apply.

    Findings:
        Those of :func:`semstat.interop.formats.ddi.profile_judge.judge_by_profile`.
    """
    if not profiles:
        return Report(checks=(_outcome("DDI010", CheckStatus.NOT_APPLICABLE, source.name, _NONE_ASKED),))
    try:
        data = content(source)
    except InputRefused:
        return Report()  # its reader says so
    if not is_xml(data):
        reason = "profiles are for documents in XML"
        return Report(checks=(_outcome("DDI010", CheckStatus.NOT_CHECKED, source.name, reason),))
    tree = read_xml(data, origin=source.name)
    return Report() if isinstance(tree, Diagnostic) else _judged(source.name, tree, profiles, options)


def _judged(origin: str, tree: XmlTree, profiles: Sequence[NamedProfile], options: Options) -> Report:
    from semstat.interop.formats.ddi.profile_judge import PROFILE_RULES, judge_by_profile

    root = str(tree.root.tag)
    if root.endswith("}DDIProfile"):
        reason = "profiles are for documents that describe studies"
        return Report(checks=(_outcome("DDI010", CheckStatus.NOT_APPLICABLE, origin, reason),))
    namespace, local = root[1:].rsplit("}", 1) if root.startswith("{") else ("", root)
    fitting = [item for item in profiles if item.is_on(namespace, local)]
    if not fitting:
        names = ", ".join(f"`{item.origin}`" for item in profiles)
        reason = f"no profile of {names} is on documents of the namespace `{namespace}`"
        return Report(checks=tuple(_outcome(rule, CheckStatus.NOT_CHECKED, origin, reason) for rule in PROFILE_RULES))
    return _report(origin, [judge_by_profile(tree, origin, item.on(namespace)) for item in fitting], options)


def _report(origin: str, verdicts: Sequence["ProfileVerdict"], options: Options) -> Report:
    from semstat.interop.formats.ddi.profile_judge import PROFILE_RULES

    found = [item for verdict in verdicts for item in verdict.found]
    found.sort(key=lambda item: (item.rule, item.location.line or 0))
    failed = Counter(item.rule for item in found)
    checks: list[CheckOutcome] = []
    for rule in PROFILE_RULES:
        examined = sum(verdict.examined[rule] for verdict in verdicts)
        reasons = [reason for verdict in verdicts for reason in verdict.unjudged.get(rule, ())]
        if examined:
            checks.append(CheckOutcome(rule, None, CheckStatus.CHECKED, origin, examined, failed[rule], "reader"))
        elif not reasons:
            reason = "the profile demands nothing of the kind here"
            checks.append(_outcome(rule, CheckStatus.NOT_APPLICABLE, origin, reason))
        checks += [_outcome(rule, CheckStatus.NOT_CHECKED, origin, reason) for reason in reasons]
    limit = options.max_findings or None
    return Report(tuple(listed(found, limit)), tuple(totals(found, limit)), tuple(checks))


def of_profiles_themselves(profiles: Sequence[NamedProfile], options: Options) -> Report:
    """Return what is wrong with the profiles of the user: paths that are none, constraints that are not known."""
    found = [found for item in profiles if not item.is_own for found in item.on("").diagnostics]
    limit = options.max_findings or None
    return Report(tuple(listed(found, limit)), tuple(totals(found, limit)))


def _outcome(rule: str, status: CheckStatus, origin: str, reason: str) -> CheckOutcome:
    return CheckOutcome(rule, None, status, origin, reason=reason)
