"""Write the households example: a small survey file, its codebook with figures computed here, and a copy with six mistakes.

Run ``python examples/households/make.py``; the same files come out every time. The survey is invented.
"""

import csv
import math
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
DWELLINGS = {"1": "House", "2": "Flat", "3": "Other", "9": "Refused"}
NAMES = ("hid", "dwelling", "rooms", "weight")


def households() -> list[dict[str, str]]:
    """Return the records: forty households of an invented island."""
    found = []
    for number in range(1, 41):
        dwelling = "9" if number == 17 else str(1 + (number * 7) % 3)
        weight = f"{100 + (number * 37) % 90}.{number % 4 * 25:02d}"
        found.append(dict(zip(NAMES, (str(number), dwelling, str(1 + (number * 5) % 6), weight), strict=True)))
    return found


def write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    """Write records as CSV."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, NAMES, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def figures(values: list[float]) -> str:
    """Return the summary statistics of a variable as DDI-Codebook writes them."""
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
    stated = {
        "vald": f"{len(values)}",
        "invd": "0",
        "min": f"{min(values):g}",
        "max": f"{max(values):g}",
        "mean": f"{mean:.3f}",
        "stdev": f"{deviation:.3f}",
    }
    return "".join(f'\n      <sumStat type="{kind}">{value}</sumStat>' for kind, value in stated.items())


def categories(rows: list[dict[str, str]]) -> str:
    """Return the categories of dwellings with their frequencies, plain and weighted."""
    lines = []
    for code, label in DWELLINGS.items():
        held = [row for row in rows if row["dwelling"] == code]
        weighted = sum(float(row["weight"]) for row in held)
        lines.append(f'\n      <catgry missing="{"Y" if code == "9" else "N"}">')
        lines.append(f"\n        <catValu>{code}</catValu><labl>{label}</labl>")
        lines.append(f'\n        <catStat type="freq">{len(held)}</catStat>')
        lines.append(f'\n        <catStat type="freq" wgtd="wgtd" wgt-var="V4">{weighted:g}</catStat>')
        lines.append("\n      </catgry>")
    return "".join(lines)


def codebook(rows: list[dict[str, str]], fingerprint: str) -> str:
    """Return the codebook."""
    rooms, weights = ([float(row[name]) for row in rows] for name in ("rooms", "weight"))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<codeBook xmlns="ddi:codebook:2_5" version="2.5">
  <stdyDscr>
    <citation>
      <titlStmt><titl xml:lang="en">Household survey of the island</titl><IDNo agency="example.org">HS-1</IDNo></titlStmt>
    </citation>
  </stdyDscr>
  <fileDscr ID="F1">
    <fileTxt>
      <fileName>households.csv</fileName>
      <dataFingerprint type="dataFile">
        <digitalFingerprintValue>{fingerprint}</digitalFingerprintValue>
        <algorithmSpecification>SHA-256</algorithmSpecification>
      </dataFingerprint>
      <fileStrc type="rectangular"><recGrp keyvar="V1"/></fileStrc>
      <dimensns><caseQnty>{len(rows)}</caseQnty><varQnty>{len(NAMES)}</varQnty></dimensns>
    </fileTxt>
  </fileDscr>
  <dataDscr>
    <var ID="V1" name="hid" files="F1">
      <labl>Number of the household</labl>
      <valrng><range min="1" max="999"/></valrng>
      <varFormat type="numeric"/>
    </var>
    <var ID="V2" name="dwelling" files="F1" wgt-var="V4" representationType="code">
      <labl>Kind of dwelling</labl>{categories(rows)}
      <varFormat type="numeric"/>
    </var>
    <var ID="V3" name="rooms" files="F1" wgt-var="V4" intrvl="contin">
      <labl>Number of rooms</labl>
      <valrng><range min="1" max="12"/></valrng>{figures(rooms)}
      <varFormat type="numeric"/>
    </var>
    <var ID="V4" name="weight" files="F1" wgt="wgt" intrvl="contin" dcml="2">
      <labl>Weight of the household</labl>{figures(weights)}
      <varFormat type="numeric"/>
    </var>
  </dataDscr>
</codeBook>
"""


def faulty(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the records with mistakes: codes exchanged, a shifted point twice, a repeated key, a wrong code, a lost record."""
    spoilt = [dict(row) for row in rows]
    spoilt[2]["dwelling"], spoilt[4]["dwelling"] = spoilt[4]["dwelling"], spoilt[2]["dwelling"]
    spoilt[9]["rooms"] = "40"
    spoilt[11]["hid"] = "11"
    spoilt[20]["dwelling"] = "5"
    spoilt[30]["weight"] = "1.5"
    del spoilt[35]
    return spoilt


def main(folder: Path) -> None:
    """Write the three files into a folder."""
    rows = households()
    write_csv(folder / "households.csv", rows)
    write_csv(folder / "households-faulty.csv", faulty(rows))
    fingerprint = sha256((folder / "households.csv").read_bytes()).hexdigest()
    (folder / "codebook.xml").write_text(codebook(rows, fingerprint), encoding="utf-8")


if __name__ == "__main__":
    main(HERE)
