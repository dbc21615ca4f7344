"""Regular stretches whose values are attributes of ``Series`` and ``Obs``: rows and names, from the gaps."""

import numpy as np
import numpy.typing as npt

from semstat.interop.formats.sdmx.ml_gaps import OBS, SERIES, Gap, depth_after, read_gap, read_head, read_tail
from semstat.interop.formats.sdmx.ml_stretch import GapNumbers, Stretch
from semstat.interop.formats.sdmx.ml_values import Block, Integers

__all__ = ["Templates"]

_INHERITED, _BROKEN = 2, 3


class Templates:
    """The gaps seen so far, with what each says, as arrays indexed by the gap's number.

    Args:
        prefix: What stands before the names of the elements: empty, or a namespace prefix with its colon.
    """

    def __init__(self, prefix: bytes = b"") -> None:
        self._prefix = prefix
        self._numbers = GapNumbers(self._read)
        self._names: dict[str, int] = {}
        self._tabulate()

    def stretch(
        self, block: Block, starts: Integers, ends: Integers, *, line: int, in_series: bool, had: bool
    ) -> Stretch | None:
        """Return what a stretch says; ``None`` if it is not of the regular kind.

        Args:
            block: Its bytes, which begin outside any tag and end before a ``<``.
            starts: Where its values begin.
            ends: Where they end.
            line: The line on which it begins.
            in_series: Whether it begins inside a series.
            had: Whether that series has had observations; of no concern here.
        """
        del had
        head = read_head(self._plain(block.padded[: starts[0] - 1]))
        tail = read_tail(self._plain(block.padded[ends[-1] + 1 : block.size]))
        classes = self._numbers.classify(block, starts, ends)
        if head is None or tail is None or classes is None:
            return None
        if len(self._numbers.gaps) != len(self.opens):
            self._tabulate()
        opening = np.flatnonzero(self.opens[classes] >= 0)
        gaps = classes[opening]
        kinds = np.concatenate([np.array([head.opens], np.int8), self.opens[gaps]])
        # The leading gap begins where nothing is open, as if an empty observation had just ended.
        first = depth_after(OBS, int(in_series), self_closed=True, closers=head.closers, opens=head.opens)
        depths = None if first is None else self._depths(gaps, kinds[:-1], first)
        if depths is None:
            return None
        last = depth_after(int(kinds[-1]), int(depths[-1]), self_closed=tail.self_closed, closers=tail.closers)
        if last is None or last > 1:
            return None
        newlines = np.cumsum(self.newlines[classes])
        lines = np.empty(len(kinds), np.int64)
        lines[0] = line + head.before_tag
        lines[1:] = line + head.newlines + newlines[opening] - self.newlines[gaps] + self.before_tag[gaps]
        return Stretch(
            kinds,
            np.concatenate([np.zeros(1, np.int64), opening + 1]),
            lines,
            depths,
            np.concatenate([np.array([self._number_of(head.name)], np.int64), self.names[classes]]),
            list(self._names),
            None,
            last,
            head.brackets + tail.brackets + int(self.brackets[classes].sum()),
            head.controls + tail.controls + int(self.controls[classes].sum()),
        )

    def _read(self, text: bytes) -> Gap | None:
        return read_gap(self._plain(text))

    def _plain(self, text: bytes) -> bytes:
        """Return a gap without the prefixes of its elements; one that lacks them becomes irregular."""
        if not self._prefix:
            return text
        plain = text.replace(b"</" + self._prefix, b"</").replace(b"<" + self._prefix, b"<")
        missing = len(text) - len(plain) != text.count(b"<") * len(self._prefix)
        return b"<" if missing else plain

    def _tabulate(self) -> None:
        gaps = self._numbers.gaps
        self.opens = np.array([gap.opens for gap in gaps], np.int8)
        self.before_tag = np.array([gap.before_tag for gap in gaps], np.int64)
        self.newlines = np.array([gap.newlines for gap in gaps], np.int64)
        self.controls = np.array([gap.controls for gap in gaps], np.int64)
        self.brackets = np.array([gap.brackets for gap in gaps], np.int64)
        self.names = np.array([self._number_of(gap.name) for gap in gaps], np.int64)
        # The depth after each gap, by the kind and depth of the element before it.
        self._after = np.full((len(gaps), 2, 2), _BROKEN, np.int8)
        for number, gap in enumerate(gaps):
            if gap.opens < 0:
                continue
            for kind in (OBS, SERIES):
                for depth in (0, 1):
                    after = depth_after(kind, depth, self_closed=gap.self_closed, closers=gap.closers, opens=gap.opens)
                    if after is not None:
                        self._after[number, kind, depth] = after

    def _depths(self, gaps: Integers, kinds: npt.NDArray[np.int8], first: int) -> npt.NDArray[np.int8] | None:
        """Return the depth of each element, given that of the first; ``None`` where the nesting is not well-formed.

        Args:
            gaps: The numbers of the gaps that open an element.
            kinds: The kind of the element before each of these gaps.
            first: The depth of the element before the first of them.
        """
        outside, inside = self._after[gaps, kinds, 0], self._after[gaps, kinds, 1]
        # Where both depths before lead to the same depth, or only one is well-formed, the depth after is known at once.
        known = np.where(
            outside == inside,
            outside,
            np.where(inside == _BROKEN, outside, np.where(outside == _BROKEN, inside, _INHERITED)),
        )
        depths = np.concatenate([np.array([first], np.int8), known.astype(np.int8)])
        settled = np.where(depths != _INHERITED, np.arange(len(depths)), 0)
        depths = depths[np.maximum.accumulate(settled)]
        before = depths[:-1]
        if (before > 1).any() or (self._after[gaps, kinds, before] != depths[1:]).any() or (depths > 1).any():
            return None
        return depths

    def _number_of(self, name: str) -> int:
        return self._names.setdefault(name, len(self._names))
