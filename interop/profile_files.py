"""Finding a profile by what a user names it: one of semstat's own, or a Turtle file."""

from pathlib import Path

from rdflib import Graph

from semstat.validators.profiles import Profile, ProfileError, profiles, profiles_of

__all__ = ["named_profile"]

_MOST_BYTES = 1 << 20
"""A profile names rules; beyond a mebibyte somebody has named the wrong file."""


def named_profile(name: str) -> Profile:
    """Return one of semstat's profiles by its name, or the profile that a Turtle file describes.

    A file may hold several profiles that build on one another; the one meant is the one that no other extends.

    Raises:
        ProfileError: there is no such profile or file, the file cannot be read, or it holds none or several.

    Example:
        >>> named_profile("publication").extends
        ('default',)
        >>> named_profile("publicaton")
        Traceback (most recent call last):
        semstat.validators.profiles.ProfileError: there is no profile 'publicaton', did you mean publication?
    """
    own = profiles()
    if name in own:
        return own[name]
    if not name.lower().endswith(".ttl") and not Path(name).is_file():
        from difflib import get_close_matches

        close = get_close_matches(name.lower(), own, n=1)
        hint = f", did you mean {close[0]}?" if close else f"; there are {', '.join(own)}, and files in Turtle"
        raise ProfileError(f"there is no profile {name!r}{hint}")
    return _in_file(Path(name))


def _in_file(path: Path) -> Profile:
    try:
        found = profiles_of(_graph(path))
    except ProfileError as problem:
        raise ProfileError(f"{path}: {problem}") from problem
    extended = {name for item in found.values() for name in item.extends}
    meant = [item for item in found.values() if item.name not in extended]
    if len(meant) != 1:
        names = f": {', '.join(item.name for item in meant)}; a file holds one" if meant else ""
        raise ProfileError(f"{path} describes {len(meant) or 'no'} profile{'s' if len(meant) > 1 else ''}{names}")
    return meant[0]


def _graph(path: Path) -> Graph:
    from rdflib.plugins.parsers.notation3 import BadSyntax

    from semstat.validators.sets import NotRdf, add_rdf, empty_store

    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as problem:
        raise ProfileError(f"it cannot be read: {problem.strerror}") from problem
    if len(data) > _MOST_BYTES:
        raise ProfileError(f"it is larger than {_MOST_BYTES} bytes, which no profile is")
    try:
        add_rdf(empty_store(), data, "turtle")  # strict, and silent: rdflib takes for an IRI what is none, and logs it
        return Graph().parse(data=data, format="turtle")
    except NotRdf as problem:
        raise ProfileError(f"line {problem.line}: the Turtle is not well-formed") from problem
    except BadSyntax as problem:
        raise ProfileError(f"line {problem.lines + 1}: the Turtle is not well-formed") from problem
    except (ValueError, RecursionError) as problem:
        raise ProfileError("the Turtle is not well-formed") from problem
