"""Plant one fault at a time into real datasets, and see whether its rule is found where it stands, and nothing else.

Run ``python benchmarks/mutations.py CORPORA``. Every operator edits the text of a message that is right, at one place, and
says which rule that breaks, for which component, on which line, and which other findings follow from the fault. Where real
structures say nothing that the fault could break (no constraint, no facet, no sum), the operator first lays down what the
data keep to, and that alone must find nothing. Exits with 1 unless each fault is found there and nothing else is.
"""

import sys
from collections import Counter
from pathlib import Path

from mutating.judging import outcomes


def main() -> int:
    """Judge and print what is not as it should be, and a table of rules."""
    judged = outcomes(Path(sys.argv[1]))
    wrong = [item for item in judged if not item.right]
    for item in wrong:
        wanted = (item.mutant.rule, item.mutant.component, item.mutant.line)
        print(item.case.data, item.operator, wanted, "found" if item.found else "MISSED", item.invented, item.seen)
    for rule, count in sorted(Counter(item.mutant.rule for item in judged).items()):
        print(f"{rule}: {count}")
    print(f"{len({item.case for item in judged})} files, {len(judged)} mutants, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
