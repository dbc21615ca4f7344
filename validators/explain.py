"""A rule in full, and the list of all rules, as text for a terminal."""

from collections.abc import Iterable
from textwrap import fill

from semstat.validators.profiles import Profile, profiles
from semstat.validators.rules import Rule, catalogue

__all__ = ["explain", "explain_profile", "listing", "profile_listing"]

_WIDTH = 88


def explain(rule: Rule) -> str:
    """Return what a rule says, why it matters, what to do, its clause and the codes of other validators.

    Example:
        >>> from semstat.validators.rules import catalogue
        >>> print(explain(catalogue()["IO105"]).splitlines()[0])
        IO105 empty-input (error)
    """
    parts = [
        f"{rule.id} {rule.name} ({rule.severity.value})",
        _wrapped(rule.statement),
        "Why it matters\n" + _wrapped(rule.why),
        "What to do\n" + _wrapped(rule.fix),
        "Clause\n" + _wrapped(rule.source),
    ]
    if rule.external:
        codes = "\n".join(f"  {product} {code}" for product, code in rule.external)
        parts.append(f"Codes of other validators\n{codes}")
    parts.append(str(rule.iri))
    return "\n\n".join(parts) + "\n"


def listing(rules: Iterable[Rule] | None = None) -> str:
    """Return one line for each rule: id, severity, name and statement, in columns; all rules unless some are given.

    Example:
        >>> from semstat.validators.rules import catalogue
        >>> print(listing([catalogue()["DF001"]]).splitlines()[0][:25])
        DF001  error    unknown-c
    """
    chosen = list(catalogue().values() if rules is None else rules)
    ids = max((len(rule.id) for rule in chosen), default=0) + 2
    names = max((len(rule.name) for rule in chosen), default=0) + 2
    lines = [f"{rule.id:<{ids}}{rule.severity.value:<9}{rule.name:<{names}}{rule.statement}" for rule in chosen]
    return "".join(f"{line}\n" for line in lines)


def explain_profile(profile: Profile) -> str:
    """Return what a profile is for, which rules it checks, and which of them it grades differently from the catalogue.

    Example:
        >>> from semstat.validators.profiles import profiles
        >>> print(explain_profile(profiles()["publication"]).splitlines()[0])
        publication: What must be right before it is published
    """
    known = catalogue()
    parts = [f"{profile.name}: {profile.title}"]
    parts += [_wrapped(profile.description)] if profile.description else []
    parts += [f"Extends\n{_wrapped(', '.join(profile.extends))}"] if profile.extends else []
    absent = [rule for rule in known if rule not in profile.rules]
    count = f"{len(profile.rules)} of {len(known)} rules" if absent else "every rule"
    parts.append(f"Checks {count}\n{_wrapped(', '.join(rule for rule in known if rule in profile.rules))}")
    parts += [f"Does not check\n{_wrapped(', '.join(absent))}"] if absent else []
    graded = [
        f"  {rule}  {known[rule].severity.value} -> {grade.value}  {known[rule].name}"
        for rule, grade in profile.severities.items()
    ]
    parts += ["Severities that differ from the catalogue\n" + "\n".join(graded)] if graded else []
    return "\n\n".join([*parts, str(profile.iri)]) + "\n"


def profile_listing() -> str:
    """Return one line for each profile: name and title, in columns.

    Example:
        >>> print(profile_listing().splitlines()[0].split()[0])
        default
    """
    known = profiles().values()
    width = max(len(profile.name) for profile in known) + 2
    lines = [f"{profile.name:<{width}}{profile.title}" for profile in known]
    return "".join(f"{line}\n" for line in lines)


def _wrapped(text: str) -> str:
    return fill(
        text, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
