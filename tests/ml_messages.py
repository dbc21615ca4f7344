"""Makes structure-specific SDMX-ML messages of every shape, regular and odd, well-formed and broken."""

from random import Random

from semstat.interop.formats.dataset import ComponentIds

COMPONENTS = ComponentIds(
    ("FREQ", "AREA", "TIME_PERIOD"),
    "TIME_PERIOD",
    attributes=("OBS_STATUS", "UNIT", "D"),
    measures=("OBS_VALUE",),
    groups={"G": ("FREQ",)},
)
_VALUES = [
    *("A", "B", "2010-01", "", "é", "x>y", "a&amp;b", "&#65;", "12345678", "123456789", "a'b", "日本語テキスト長い"),
    *("a long value, longer than the thirty-two bytes that are read as words", "tab\tx", "line\ny", "0.123456789012"),
]
_SPACES = ["", "\n", "  ", "\n\t", "\r\n", " "]
_ODD = [
    *('<!-- c " -->', '<!-- <Obs A="1"/> -->', '<?pi "x ?>', '<![CDATA[ "<Obs/>]]>', "text", '<Unknown A="1"/>'),
    *('<Comp id="C"><Value>1</Value><Value>2</Value></Comp>', '<Group xsi:type="ns:G" FREQ="A" UNIT="late"/>'),
    *('<Atts D="1"/>', '<Group type="H" FREQ="A"><Comp id="Z"><Value>2</Value></Comp></Group>'),
]
_ODD_OBS = ["<Obs/>", '<Obs xsi:type="ns:X" OBS_VALUE="1"/>', '<Obs OBS_VALUE="1">', '<Obs A="1" A="2"/>']
_DECLARATIONS = {
    "": "utf-8",
    '<?xml version="1.0"?>': "utf-8",
    '<?xml version="1.0" encoding="UTF-8"?>\n': "utf-8",
    '<?xml version="1.0" encoding="ISO-8859-1"?>': "latin-1",
    '<?xml version="1.0" encoding="UTF-16"?>': "utf-16",
}
_NAMESPACES = """xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
 xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" xmlns:ns="urn:x"
 xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance\""""
_HEADER = """<m:Header><m:Structure structureID="S" dimensionAtObservation="TIME_PERIOD"><c:Structure>
<Ref agencyID="A" id="B"/></c:Structure></m:Structure></m:Header>"""


class MessageMaker:
    """Makes one message from a source of chance."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._odd = chance.random() < 0.5
        self._style = chance.choice(["flat", "series", "mixed"])

    def make(self) -> bytes:
        declaration = self._chance.choice(list(_DECLARATIONS))
        header = _HEADER if self._maybe(0.9) else "<m:Header/>"
        sets = "".join(self._dataset() + self._space() for _ in range(self._chance.choice([1, 1, 2])))
        root = f"<m:StructureSpecificData {_NAMESPACES}>{self._space()}{header}{sets}</m:StructureSpecificData>"
        data = (declaration + root).encode(_DECLARATIONS[declaration], "replace")
        if self._maybe(0.05):
            data = data[: self._chance.randrange(len(data))]
        if data and self._maybe(0.05):
            place = self._chance.randrange(len(data))
            data = data[:place] + bytes([self._chance.choice([0, 7, 34, 38, 39, 60, 62, 255, 13, 10])]) + data[place:]
        return data

    def _maybe(self, probability: float) -> bool:
        return self._chance.random() < probability

    def _space(self) -> str:
        return self._chance.choice(_SPACES)

    def _dataset(self) -> str:
        group = '<Group xsi:type="ns:G"{}/>'
        groups = [group.format(self._attributes("FREQ", "UNIT")) for _ in range(self._chance.randrange(3))]
        rest = [self._element() + self._oddity() for _ in range(self._chance.randrange(10))]
        start = f'<m:DataSet ss:structureRef="S" xsi:type="ns:DataSetType" D="x">{self._space()}'
        return start + self._space().join(groups + rest) + "</m:DataSet>"

    def _oddity(self) -> str:
        return self._chance.choice(_ODD) if self._odd and self._maybe(0.1) else ""

    def _element(self) -> str:
        if self._style == "flat" or (self._style == "mixed" and self._maybe(0.3)):
            return self._observation("FREQ", "AREA")
        attributes = self._attributes("FREQ", "AREA", "UNIT") if self._maybe(0.97) else ""
        if self._maybe(0.1):
            return f"<Series{attributes}/>"
        inside = [self._observation() + self._oddity() for _ in range(self._chance.randrange(6))]
        return f"<Series{attributes}>{self._space()}" + self._space().join(inside) + "</Series>"

    def _observation(self, *more: str) -> str:
        if self._odd and self._maybe(0.03):
            return self._chance.choice(_ODD_OBS)
        attributes = self._attributes(*more, "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS")
        if self._maybe(0.05):
            return f"<Obs{attributes}></Obs>"
        return f"<Obs{attributes}{self._gap() if self._maybe(0.1) else ''}/>"

    def _gap(self) -> str:
        return self._chance.choice(["\n", "  ", "\t", "\r\n ", " \r "]) if self._maybe(0.1) else " "

    def _attributes(self, *names: str) -> str:
        chosen = [name for name in names if self._maybe(0.97)]
        if self._maybe(0.1):
            self._chance.shuffle(chosen)
        return "".join(self._attribute(name) for name in chosen)

    def _attribute(self, name: str) -> str:
        value = self._chance.choice(_VALUES) if self._maybe(0.4) else self._chance.choice("AB")
        quote = "'" if self._maybe(0.02) and "'" not in value else '"'
        equals = self._chance.choice(["=", " = ", "= "]) if self._maybe(0.05) else "="
        return f"{self._gap()}{name}{equals}{quote}{value}{quote}"
