"""Registry messages of our own, in the versions of SDMX-ML."""

# ruff: noqa: E501 - messages are easier to read in one piece

from sdmx_messages import CODELIST, STEM, URN

OLD = "http://www.SDMX.org/resources/SDMXML/schemas/v2_0/"
HEADER = '<m:Header><m:ID>X</m:ID><m:Test>false</m:Test><m:Prepared>2024-01-31T00:00:00</m:Prepared><m:Sender id="A"/><m:Receiver id="B"/></m:Header>'
AGREEMENT = {
    "2_1": '<Ref agencyID="A" id="PA" version="1.0" class="ProvisionAgreement" package="registry"/>',
    "3_0": f"{URN}registry.ProvisionAgreement=A:PA(1.0)",
    "3_1": f"{URN}registry.ProvisionAgreement=A:PA(1.0)",
}
REGISTRATION = """<r:Registration id="R{number}" validFrom="2024-01-01T00:00:00" validTo="2025-01-01T00:00:00" lastUpdated="2024-01-02T03:04:05" indexTimeSeries="true" indexDataSet="false">
<r:ProvisionAgreement>{agreement}</r:ProvisionAgreement>
<r:Datasource><r:SimpleDataSource>https://example.org/data{number}.xml</r:SimpleDataSource>
<r:QueryableDataSource isRESTDatasource="true" isWebServiceDatasource="false"><c:DataURL>https://example.org/rest</c:DataURL><c:WADLURL>https://example.org/wadl</c:WADLURL></r:QueryableDataSource></r:Datasource></r:Registration>
"""


def interface(body: str, version: str = "2_1", root: str = "RegistryInterface") -> bytes:
    names = "".join(
        f' xmlns:{name[:1]}="{STEM}{version}/{name}"' for name in ("message", "registry", "structure", "common")
    )
    return f"<m:{root}{names}>{HEADER}\n{body}</m:{root}>".encode()


def registration(version: str, number: int = 1) -> str:
    return REGISTRATION.format(agreement=AGREEMENT[version], number=number)


def submitted(version: str = "2_1", *numbers: int) -> bytes:
    requests = "".join(
        f'<r:RegistrationRequest action="Replace">\n{registration(version, number)}</r:RegistrationRequest>'
        for number in numbers or (1,)
    )
    return interface(f"<m:SubmitRegistrationsRequest>{requests}</m:SubmitRegistrationsRequest>", version)


def answered(version: str = "2_1") -> bytes:
    return interface(
        f"""<m:QueryRegistrationResponse><r:StatusMessage status="Warning"><r:MessageText code="7"><c:Text>cut short</c:Text></r:MessageText></r:StatusMessage>
<r:QueryResult timeSeriesMatch="false"><r:DataResult>{registration(version)}</r:DataResult></r:QueryResult></m:QueryRegistrationResponse>""",
        version,
    )


def structures(version: str = "2_1") -> bytes:
    lists = CODELIST.format('<s:Code id="01"><c:Name xml:lang="fr">un</c:Name></s:Code>')
    return interface(
        f'<m:SubmitStructureRequest action="Append"><s:Structures>{lists}</s:Structures></m:SubmitStructureRequest>',
        version,
    )


def interface_20(body: str) -> bytes:
    names = f'xmlns="{OLD}message" xmlns:r="{OLD}registry" xmlns:s="{OLD}structure"'
    header = '<Header><ID>X</ID><Test>false</Test><Prepared>2024-01-31T00:00:00</Prepared><Sender id="A"/></Header>'
    return f"<RegistryInterface {names}>{header}\n{body}</RegistryInterface>".encode()


REGISTRATION_20 = """<SubmitRegistrationRequest><r:Registration>
<r:LastUpdated>2024-01-02T03:04:05</r:LastUpdated><r:ValidFrom>2024-01-01T00:00:00</r:ValidFrom><r:Action>Append</r:Action>
<r:Datasource><r:SimpleDatasource>https://example.org/a.xml</r:SimpleDatasource>
<r:QueryableDatasource isRESTDatasource="false" isWebServiceDatasource="true"><r:DataUrl>https://example.org/ws</r:DataUrl><r:WSDLUrl>https://example.org/wsdl</r:WSDLUrl></r:QueryableDatasource></r:Datasource>
<r:ProvisionAgreementRef><r:OrganisationSchemeAgencyID>A</r:OrganisationSchemeAgencyID><r:OrganisationSchemeID>PROVIDERS</r:OrganisationSchemeID><r:DataProviderID>P1</r:DataProviderID><r:DataflowAgencyID>A</r:DataflowAgencyID><r:DataflowID>F</r:DataflowID><r:DataflowVersion>1.0</r:DataflowVersion></r:ProvisionAgreementRef>
</r:Registration></SubmitRegistrationRequest>"""

QUERIED_20 = """<QueryRegistrationResponse><r:QueryResult timeSeriesMatch="true"><r:DataResult><r:Datasource><r:SimpleDatasource>https://example.org/b.xml</r:SimpleDatasource></r:Datasource>
<r:DataflowRef><r:AgencyID>A</r:AgencyID><r:DataflowID>F</r:DataflowID><r:Version>1.0</r:Version></r:DataflowRef></r:DataResult></r:QueryResult>
<r:QueryResult timeSeriesMatch="false"><r:StatusMessage status="Failure"><r:MessageText>no such flow</r:MessageText></r:StatusMessage></r:QueryResult></QueryRegistrationResponse>"""

LISTS_20 = """<r:CodeLists><s:CodeList agencyID="A" id="CL"><s:Name>n</s:Name><s:Code value="01"><s:Description>one</s:Description></s:Code></s:CodeList></r:CodeLists>"""
STRUCTURES_20 = (
    f'<QueryStructureResponse><r:StatusMessage status="Success"/>\n{LISTS_20}</QueryStructureResponse>',
    f"<SubmitStructureRequest><r:Structure>\n{LISTS_20}</r:Structure></SubmitStructureRequest>",
)
