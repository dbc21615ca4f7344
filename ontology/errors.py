"""The exceptions of semstat: for the caller's mistakes and a broken environment, never for faults in the data."""

__all__ = ["MissingExtra", "SemstatError"]


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
