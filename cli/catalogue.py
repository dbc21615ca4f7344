"""``semstat explain``, ``rules``, ``profiles`` and ``formats``: what there is, and what it means."""

from typing import TYPE_CHECKING

import click

from semstat.cli.output import say
from semstat.cli.suggest import Named

if TYPE_CHECKING:
    from semstat.validators.profiles import Profile

__all__ = ["explain", "formats", "profiles", "rules"]


@click.command(short_help="Say what a rule or a profile means.")
@click.argument("rule", metavar="RULE")
def explain(*, rule: str) -> int:
    """Say what RULE means, why it matters, what to do, and which clause of the standard it follows.

    RULE is an id (DF004) or a name (code-not-in-codelist); the name of a profile (publication), or a file with one, is
    explained as well.
    """
    from semstat.validators.explain import explain as text_of
    from semstat.validators.explain import explain_profile
    from semstat.validators.profiles import profiles as known_profiles
    from semstat.validators.rules import catalogue

    known = catalogue()
    found = known.get(rule.upper()) or next((item for item in known.values() if item.name == rule.lower()), None)
    if found is not None:
        say(text_of(found))
    elif rule in known_profiles() or rule.lower().endswith(".ttl"):
        say(explain_profile(_profile(rule)))
    else:
        raise click.UsageError(f"there is no rule {rule!r}{_meant(rule)}")
    return 0


def _profile(name: str) -> "Profile":
    from semstat.interop.profile_files import named_profile
    from semstat.validators.profiles import ProfileError

    try:
        return named_profile(name)
    except ProfileError as problem:
        raise click.UsageError(str(problem)) from problem


def _meant(word: str) -> str:
    """Return the end of a message about a word that is neither a rule nor a profile."""
    from difflib import get_close_matches

    from semstat.validators.nearest import nearest_code
    from semstat.validators.profiles import profiles as known_profiles
    from semstat.validators.rules import catalogue

    known = catalogue()
    close = nearest_code(word.upper(), known, {item.id: [item.name] for item in known.values()})
    if close is not None:
        return f", did you mean {close} ({known[close].name})?"
    profile = get_close_matches(word.lower(), known_profiles(), n=1)
    return f", did you mean the profile {profile[0]}?" if profile else "; semstat rules lists all"


@click.command(short_help="List the rules.")
@click.option(
    "--format",
    "form",
    type=Named("format", ["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="Text for people; JSON and CSV also name the codes of other validators.",
)
def rules(*, form: str) -> int:
    """List every rule with its id, severity and name."""
    from semstat.validators.render.rule_lists import rule_list

    say(rule_list(form))
    return 0


@click.command(short_help="List the profiles: sets of rules for a purpose.")
def profiles() -> int:
    """List the profiles that validate --profile takes; semstat explain PROFILE shows one."""
    from semstat.validators.explain import profile_listing

    say(profile_listing())
    return 0


@click.command(short_help="List the formats, and which are read and written.")
def formats() -> int:
    """List the formats that semstat recognises, and what it does with them."""
    from semstat.interop import known_formats as known

    rows = [
        (
            item.name,
            "read" if item.reads else "in part" if item.in_part else "-",
            "written" if item.writes else "-",
            item.title,
        )
        for item in known()
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    lines = (
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]).rstrip()
        for row in rows
    )
    say("".join(f"{line}\n" for line in lines))
    return 0
