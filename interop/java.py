"""How Java starts, which the reasoner runs on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["quick_start"]

_OPTIONS = "JDK_JAVA_OPTIONS"


@contextmanager
def quick_start() -> Iterator[None]:
    """Have Java neither optimise twice nor collect rubbish in parallel: HermiT is done before that pays off.

    Owlready2 takes no options for Java, so that they go through the environment, unless somebody has set it.
    """
    if _OPTIONS in os.environ:
        yield
        return
    os.environ[_OPTIONS] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    try:
        yield
    finally:
        del os.environ[_OPTIONS]
