"""The same data as messages of SDMX-ML 2.0, one of each layout."""

V20 = "http://www.SDMX.org/resources/SDMXML/schemas/v2_0"

FAMILY = "urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=BIS:DEBT:compact"


def message(root: str, content: str, *, header: str = "", family: str = FAMILY) -> bytes:
    """A message whose dataset begins on line 4."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="{V20}/message" xmlns:g="{V20}/generic" xmlns:k="{family}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Header><ID>X</ID>{header}</Header>
{content}
</{root}>""".encode()


def held(element: str, **stated: str) -> str:
    inside = "\n".join(f'<g:Value concept="{name}" value="{value}"/>' for name, value in stated.items())
    return f"<g:{element}>\n{inside}</g:{element}>"


GENERIC = f"""<DataSet action="Replace"><g:KeyFamilyRef> DEBT </g:KeyFamilyRef>
<g:Group type="Sibling">
{held("GroupKey", TYPE="P", AREA="MX")}
{held("Attributes", UNIT="USD")}
<g:Series>{held("SeriesKey", FREQ="M", TYPE="P", AREA="MX")}
{held("Attributes", MULT="6")}
<g:Obs><g:Time>2000-01</g:Time>
<g:ObsValue value="3.14"/>
{held("Attributes", STATUS="A")}</g:Obs>
</g:Series>
<g:Series>{held("SeriesKey", FREQ="A", TYPE="P", AREA="MX")}</g:Series>
</g:Group>
</DataSet>"""

COMPACT = """<k:DataSet UNIT="USD" datasetID="X" action="Append">
<k:Sibling TYPE="P" AREA="MX" MULT="6"/>
<k:Series FREQ="M" TYPE="P" AREA="MX">
<k:Obs TIME="2000-01" OBS_VALUE="3.14" STATUS="A"/>
<k:Obs TIME="2000-02"/>
</k:Series>
<k:Other AREA="X" MULT="3"/>
</k:DataSet>"""

UTILITY = """<k:DataSet>
<k:Sibling UNIT="USD">
<k:Series MULT="6">
<k:Key><k:FREQ>M</k:FREQ>
<k:TYPE>P</k:TYPE><k:AREA>MX</k:AREA></k:Key>
<k:Obs STATUS="A"><k:TIME> 2000-01 </k:TIME>
<k:OBS_VALUE>3.14</k:OBS_VALUE></k:Obs>
</k:Series>
</k:Sibling>
</k:DataSet>"""

CROSS = """<k:DataSet UNIT="USD">
<k:Group FREQ="M" TIME="2000-01">
<k:Section MULT="6">
<k:STOCKS AREA="MX" value="3.14" STATUS="A"/>
<k:FLOWS AREA="MX" value="0.5" STATUS="E"/>
</k:Section>
</k:Group>
</k:DataSet>"""

MESSAGES = {"GenericData": GENERIC, "CompactData": COMPACT, "UtilityData": UTILITY, "CrossSectionalData": CROSS}
