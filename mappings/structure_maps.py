"""A structure map as data: which components of one structure become which of another, and by what rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from semstat.mappings.value_rules import ValueRules

__all__ = ["ComponentRule", "DateRule", "FixedRule", "Rule", "StructureMapping"]


@dataclass(frozen=True, slots=True)
class ComponentRule:
    """Targets take their values from sources: by the rows of a map, or, without one, as they are."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    rules: ValueRules | None = None

    @property
    def name(self) -> str:
        """What the rule is called in messages."""
        return self.rules.name if self.rules is not None else f"{', '.join(self.sources)} → {', '.join(self.targets)}"


@dataclass(frozen=True, slots=True)
class FixedRule:
    """A target always has these values (several where it may hold several)."""

    targets: tuple[str, ...]
    values: tuple[str, ...]
    sources: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the rule is called in messages."""
        return f"fixed {', '.join(self.targets)}"


@dataclass(frozen=True, slots=True)
class DateRule:
    """A target takes periods from a source that holds dates in another form.

    Either ``pattern`` and ``locale`` say how the dates are written, or ``base`` and ``unit`` what they count from and in.
    The frequency of the periods is ``frequency``, or the value of the target's ``frequency_dimension``, if it is one of
    ``frequencies`` (empty: any). ``formats`` says how the periods of a frequency are written, where not as the standard
    has them.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    pattern: str | None = None
    locale: str = "en"
    base: str | None = None
    unit: str | None = None
    frequency: str | None = None
    frequency_dimension: str | None = None
    frequencies: frozenset[str] = frozenset()
    formats: Mapping[str, str] = field(default_factory=dict)
    resolve: str | None = None

    @property
    def name(self) -> str:
        """What the rule is called in messages."""
        return self.pattern or f"{self.unit}s since {self.base}"


Rule = ComponentRule | FixedRule | DateRule


@dataclass(frozen=True, slots=True)
class StructureMapping:
    """A structure map: its name, the IRIs of the structures or dataflows that it relates, and its rules in order.

    ``assumed`` are the values that the map states for components of the source.
    """

    name: str
    source: str | None
    target: str | None
    rules: tuple[Rule, ...]
    assumed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def targets(self) -> tuple[str, ...]:
        """The components of the target that get values, in the order of the rules."""
        return tuple(dict.fromkeys(item for rule in self.rules for item in rule.targets))

    @property
    def sources(self) -> frozenset[str]:
        """The components of the source that rules look at."""
        return frozenset(item for rule in self.rules for item in rule.sources)

    def doubled(self) -> Iterator[str]:
        """Yield the components that several rules fill: which value counts would be left to chance.

        Date rules for different frequencies of the same component share it without harm.
        """
        seen: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for target in rule.targets:
                seen.setdefault(target, []).append(rule)
        for target, rules in seen.items():
            if len(rules) > 1 and not all(isinstance(rule, DateRule) for rule in rules):
                yield target
