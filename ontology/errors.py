"""The exceptions of semstat: for the caller's mistakes and a broken environment, never for faults in the data."""

__all__ = ["MissingExtra", "SemstatError", "first_line"]


class SemstatError(Exception):
    """The root of every exception that semstat raises on purpose.

    ``hint`` tells what to do about it, empty where there is nothing to add.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class MissingExtra(SemstatError):
    """Something optional is not installed.

    Example:
        >>> MissingExtra("reasoning", needs="owlready2").hint
        'pip install "semstat[reasoning]"'
    """

    def __init__(self, extra: str, *, needs: str, hint: str = "") -> None:
        super().__init__(f"{needs} is not installed", hint=hint or f'pip install "semstat[{extra}]"')
        self.extra = extra


def first_line(problem: SemstatError) -> str:
    r"""Return what went wrong in one line: programs in Java explain themselves in hundreds.

    Example:
        >>> first_line(SemstatError("HermiT failed", hint="no such datatype\n  at line 1"))
        'HermiT failed: no such datatype'
    """
    said = (problem.hint or "").strip().splitlines()
    return f"{problem}: {said[0] if said else 'no reason given'}"
