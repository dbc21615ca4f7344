"""Which rules are checked, and how grave each is: profiles, then what the user selects, ignores and grades.

A selection never makes anything look better than it is: what is left out says so in the report, what says that an input
could not be judged at all cannot be left out, and a rule that yields to a more basic one does so only while that one is
checked and no less grave.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from semstat.validators.diagnostics import CheckOutcome, CheckStatus, Diagnostic, Report, Severity, Total
from semstat.validators.nearest import nearest_code
from semstat.validators.profiles import ALWAYS, Profile
from semstat.validators.rules import catalogue

__all__ = ["EVERYTHING", "Selection", "SelectionError", "applied", "rules_named", "selection_of"]

_Graded = TypeVar("_Graded", Diagnostic, Total)


class SelectionError(ValueError):
    """A rule, prefix or severity that cannot be chosen; the text says why, and what was probably meant."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is checked, and how grave it is.

    ``deselected`` gives the rules of the catalogue that are left out, and any shape of the user's, with the reason of each.
    ``grades`` gives the severities that hold for a rule, one from each profile that checks it; ``None`` stands for the
    severity that a finding has by itself. The gravest counts, so that data pass by several profiles together exactly if
    they pass by each. ``asked`` are the rules of :data:`~semstat.validators.profiles.ALWAYS` that the user selected: the
    others are checked as well, but where they alone were, nothing was that anybody wanted to know.
    """

    deselected: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    grades: Mapping[str, frozenset[Severity | None]] = field(default_factory=lambda: MappingProxyType({}))
    asked: frozenset[str] = frozenset()

    def has(self, rule: str) -> bool:
        """Return whether a rule is checked."""
        return rule not in self.deselected

    def severity(self, rule: str, stated: Severity) -> Severity:
        """Return how grave a finding of a rule is that has a severity by itself."""
        grades = self.grades.get(rule)
        return max((grade or stated for grade in grades), key=lambda item: item.rank) if grades else stated

    def yields(self, rule: str, grade: Severity, basic: str, basic_grade: Severity) -> bool:
        """Return whether a rule may say nothing of a value at which a more basic rule is broken already.

        Not where that rule is left out or was made less grave: the fault would then be gone, or excused.
        """
        regraded = rule in self.grades or basic in self.grades
        return self.has(basic) and (not regraded or basic_grade.rank >= grade.rank)


EVERYTHING = Selection()
"""Every rule, at the severity that it has by itself."""


def rules_named(word: str) -> tuple[str, ...]:
    """Return the ids of the rules that a word means: an id, the beginning of ids, or a name.

    Raises:
        SelectionError: it means none.

    Example:
        >>> rules_named("code-not-in-codelist"), rules_named("DF01")[:2]
        (('DF004',), ('DF010', 'DF011'))
        >>> rules_named("DF0O4")
        Traceback (most recent call last):
        semstat.validators.selection.SelectionError: there is no rule 'DF0O4', did you mean DF004?
    """
    known = catalogue()
    found = tuple(rule for rule in known if rule.startswith(word.upper()) or known[rule].name == word.lower())
    if not word or not found:
        meant = nearest_code(word.upper(), known, {item.id: [item.name] for item in known.values()})
        raise SelectionError(
            f"there is no rule {word!r}{f', did you mean {meant}?' if meant else '; semstat rules lists all'}"
        )
    return found


def selection_of(
    profiles: Sequence[Profile] = (),
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severities: Mapping[str, Severity] = MappingProxyType({}),
) -> Selection:
    """Return the selection that profiles and the words of a user amount to.

    Args:
        profiles: What is checked at all is what any of them checks; without one, every rule.
        select: Ids, beginnings of ids or names; of the rules of the profiles, these alone.
        ignore: Ids, beginnings of ids or names, or the IRI of a shape; left out of what was selected.
        severities: The severity of each rule named in one of these ways, whatever a profile says; ``DF009`` goes before
            ``DF``.

    Raises:
        SelectionError: a word means no rule, or none that the profiles check, or one that cannot be left out.

    Example:
        >>> chosen = selection_of(select=["DF"], ignore=["DF016"], severities={"DF009": Severity.WARNING})
        >>> chosen.deselected["DF016"], chosen.severity("DF009", Severity.ERROR)
        ('deselected by the user: ignore DF016', <Severity.WARNING: 'warning'>)
    """
    deselected = dict(_outside_profiles(profiles))
    words = tuple(select)
    deselected |= dict(_outside_selected(words, profiles, deselected))
    deselected |= dict(_ignored(tuple(ignore)))
    grades = {rule: grade for rule, grade in _graded(profiles).items() if grade != {None}}
    stated = [(_rules_or_shape(word), frozenset({severity})) for word, severity in severities.items()]
    stated.sort(key=lambda item: -len(item[0]))  # what names fewer rules goes before what names more
    for rules, grade in stated:
        grades |= dict.fromkeys(rules, grade)
    asked = ALWAYS.intersection(rule for word in words for rule in rules_named(word))
    return Selection(MappingProxyType(deselected), MappingProxyType(grades), asked)


def applied(report: Report, selection: Selection) -> Report:
    """Return a report without the findings of rules that were deselected, the others at the severity that holds for them.

    A check of a deselected rule becomes *not applicable*, with the reason. Where of all that was selected nothing was checked,
    neither do the checks count that nobody can leave out.

    Example:
        >>> found = Diagnostic("DF016", Severity.INFO, "m")
        >>> applied(Report((found,)), selection_of(ignore=["DF016"])).diagnostics
        ()
    """
    return replace(
        report,
        diagnostics=tuple(_regraded(item, selection) for item in report.diagnostics if selection.has(item.rule)),
        totals=tuple(_regraded(item, selection) for item in report.totals if selection.has(item.rule)),
        checks=tuple(_wanted([*dict.fromkeys(_excused(item, selection) for item in report.checks)], selection)),
    )


def _wanted(checks: Sequence[CheckOutcome], selection: Selection) -> Iterator[CheckOutcome]:
    unasked = ALWAYS - selection.asked if selection.deselected else frozenset()
    made = [check for check in checks if check.status is CheckStatus.CHECKED and check.rule not in unasked]
    judged = {check.source for check in made if check.examined}
    for check in checks:
        if check.status is not CheckStatus.CHECKED or check.rule not in unasked or check.source in judged:
            yield check


def _regraded(item: _Graded, selection: Selection) -> _Graded:
    severity = selection.severity(item.rule, item.severity)
    return item if severity is item.severity else replace(item, severity=severity)


def _excused(check: CheckOutcome, selection: Selection) -> CheckOutcome:
    if selection.has(check.rule):
        return check
    reason = selection.deselected[check.rule]
    return CheckOutcome(
        check.rule, check.component, CheckStatus.NOT_APPLICABLE, check.source, reason=reason, deselected=True
    )


def _outside_profiles(profiles: Sequence[Profile]) -> Iterator[tuple[str, str]]:
    if not profiles:
        return
    names = " or ".join(profile.name for profile in profiles)
    for rule in catalogue():
        if not any(rule in profile.rules for profile in profiles):
            yield rule, f"not in the profile {names}"


def _outside_selected(
    words: Sequence[str], profiles: Sequence[Profile], deselected: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the rules beside those selected; a word that leaves nothing of the profiles is a mistake."""
    if not words:
        return
    wanted: set[str] = set()
    for word in words:
        meant = rules_named(word)
        if all(rule in deselected for rule in meant):
            names = " or ".join(profile.name for profile in profiles)
            raise SelectionError(f"{word} is not in the profile {names}, so it cannot be selected from it")
        wanted.update(meant)
    reason = f"deselected by the user: select {', '.join(words)}"
    yield from ((rule, reason) for rule in catalogue() if rule not in wanted | ALWAYS and rule not in deselected)


def _ignored(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        meant = _rules_or_shape(word)
        if ALWAYS.issuperset(meant):
            names = f"{word} says" if len(meant) == 1 else f"the rules of {word} say"
            raise SelectionError(
                f"{names} what could not be judged, so nothing can ignore {'it' if len(meant) == 1 else 'them'}"
            )
        yield from ((rule, f"deselected by the user: ignore {word}") for rule in meant if rule not in ALWAYS)


def _rules_or_shape(word: str) -> tuple[str, ...]:
    """A shape of the user's has no id but its IRI, and nobody knows the shapes before they are read."""
    return (word,) if ":" in word else rules_named(word)


def _graded(profiles: Sequence[Profile]) -> dict[str, frozenset[Severity | None]]:
    grades: dict[str, frozenset[Severity | None]] = {}
    for profile in profiles:
        for rule in profile.rules:
            grades[rule] = grades.get(rule, frozenset()) | {profile.severities.get(rule)}
    return grades
