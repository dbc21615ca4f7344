"""Makes messages of generic and of compact data, regular and odd, well-formed and broken."""

from random import Random

from ml_messages import MessageMaker

V20 = "http://www.SDMX.org/resources/SDMXML/schemas/v2_0"
V21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
_VALUES = ["A", "B", "2010-01", "", "é", "x>y", "a&amp;b", "&#65;", "a'b", "long " * 9, "tab\tx", "line\ny", "日本"]
_NAMES = ["FREQ", "AREA", "UNIT", "OBS_STATUS", "D", "TIME_PERIOD", "OTHER", "é", "_x", "a b", "", " FREQ "]
_ODD = [
    *("<!-- <g:Obs/> -->", "text", "<g:Unknown/>", "<?pi x?>", "<c:Annotations/>", "<g:Obs/>", "<g:Obs></g:Obs>"),
    *('<g:Series><g:SeriesKey><g:Value id="FREQ" value="Z"/></g:SeriesKey></g:Series>', "<g:Attributes/>"),
    *('<g:Obs><g:ObsKey><g:Value id="AREA" value="Z"/></g:ObsKey></g:Obs>', '<g:Value id="A" value="1"/>', "&amp;"),
]


class GenericMaker:
    """Makes one generic message from a source of chance."""

    def __init__(self, chance: Random, *, prefix: str = "g:") -> None:
        self._chance = chance
        self._prefix = prefix
        self._odd = 0.5 if chance.random() < 0.5 else 0.0
        self._gap = chance.choice(["", "\n", "\n  ", "\r\n", " "])
        self._flat = chance.random() < 0.4

    def make(self) -> bytes:
        at = self._chance.choice(["TIME_PERIOD", "TIME_PERIOD", "AREA", "AllDimensions"])
        sets = "".join(self._dataset() for _ in range(self._chance.choice([1, 1, 2])))
        own = f'xmlns:g="{V21}/data/generic"' if self._prefix else f'xmlns="{V21}/data/generic"'
        head = f'<m:Structure structureID="S" dimensionAtObservation="{at}"/>'
        text = (
            f'<m:GenericData xmlns:m="{V21}/message" xmlns:c="{V21}/common" {own}>\n<m:Header>{head}</m:Header>\n'
            f"{sets}</m:GenericData>"
        )
        data = (
            text.replace("g:" if self._prefix else "<g:", self._prefix or "<")
            .replace("</g:", f"</{self._prefix}")
            .encode()
        )
        if self._maybe(0.05):
            data = data[: self._chance.randrange(len(data))]
        if data and self._maybe(0.05):
            place = self._chance.randrange(len(data))
            data = data[:place] + bytes([self._chance.choice([0, 7, 34, 38, 60, 62, 255, 13, 10])]) + data[place:]
        return data

    def _maybe(self, probability: float) -> bool:
        return self._chance.random() < probability

    def _space(self) -> str:
        odd = self._chance.choice(_ODD) if self._maybe(0.05 * self._odd) else ""
        return odd + (self._gap if self._maybe(0.9) else self._chance.choice(["", "\n\n", " \t"]))

    def _dataset(self) -> str:
        group = f'<g:Group type="G">{self._held("GroupKey", "FREQ")}{self._held("Attributes", "UNIT")}</g:Group>'
        groups = "".join(group + self._space() for _ in range(self._chance.randrange(2)))
        rows = [self._row() for _ in range(self._chance.randrange(12))]
        return f'<m:DataSet structureRef="S">{self._space()}{groups}{self._space().join(rows)}{self._space()}</m:DataSet>\n'

    def _row(self) -> str:
        if self._flat or self._maybe(0.05 * self._odd):
            return self._tag(
                "Obs", self._held("ObsKey", "FREQ", "AREA", "TIME_PERIOD"), self._measure(), self._status()
            )
        attributes = self._held("Attributes", "UNIT") if self._maybe(0.6) else ""
        inside = [self._observation() for _ in range(self._chance.randrange(7))]
        return self._tag("Series", self._held("SeriesKey", "FREQ", "AREA"), attributes, *inside)

    def _observation(self) -> str:
        named = self._chance.choice(["", "", ' id="TIME_PERIOD"', ' id="AERA"'])
        dimension = f'<g:ObsDimension{named} value="{self._value()}"/>'
        return self._tag("Obs", dimension if self._maybe(0.98) else "", self._measure(), self._status())

    def _measure(self) -> str:
        named = ' id="OBS_VALUE"' if self._maybe(0.05) else ""
        return f'<g:ObsValue{named} value="{self._value()}"/>' if self._maybe(0.9) else ""

    def _status(self) -> str:
        return self._held("Attributes", "OBS_STATUS", "D") if self._maybe(0.8) else ""

    def _held(self, element: str, *names: str) -> str:
        chosen = [name for name in names if self._maybe(0.95)]
        if self._maybe(0.1 * self._odd):
            chosen.append(self._chance.choice(_NAMES))
        return self._tag(element, *(self._stated(name) for name in chosen)) if chosen else ""

    def _stated(self, name: str) -> str:
        pairs = [f'id="{name}"', f'value="{self._value()}"']
        if self._maybe(0.1):
            pairs.reverse()
        if self._maybe(0.05 * self._odd):
            pairs.pop()
        return f"<g:Value {' '.join(pairs)}/>" if self._maybe(0.98) else f"<g:Value {' '.join(pairs)}></g:Value>"

    def _value(self) -> str:
        return self._chance.choice(_VALUES) if self._maybe(0.2) else self._chance.choice("AB")

    def _tag(self, name: str, *inside: str) -> str:
        return f"<g:{name}>{self._space()}{''.join(part + self._space() for part in inside if part)}</g:{name}>"


def compact(chance: Random) -> bytes:
    """Make a compact message 2.0 of what a structure-specific one would hold, its elements with a prefix."""
    data = MessageMaker(chance).make().decode("utf-8", "replace")
    for name in ("Series", "Obs", "Group", "m:DataSet"):
        data = data.replace(f"<{name}", f"<k:{name[-7:] if name[0] == 'm' else name}")
        data = data.replace(f"</{name}", f"</k:{name[-7:] if name[0] == 'm' else name}")
    data = data.replace("m:StructureSpecificData", "m:CompactData").replace(f"{V21}/message", f"{V20}/message")
    return data.replace(
        "xmlns:c=", 'xmlns:k="urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=A:B:compact" xmlns:c='
    ).encode()
