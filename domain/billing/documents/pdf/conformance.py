"""The mark that a PDF carries a Factur-X invoice: the profile in its XMP metadata, with the schema PDF/A asks for."""

import io

import pikepdf

PROFILE = "EN 16931"
FILE_NAME = "factur-x.xml"
NAMES = ("DocumentFileName", "DocumentType", "Version", "ConformanceLevel")
RDF_END = b"</rdf:RDF>"
SCHEMA_PROPERTY = (
    '<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>"
    "<pdfaProperty:description>{name}</pdfaProperty:description></rdf:li>"
)
METADATA = (
    '<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">'
    "<fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>"
    f"{FILE_NAME}</fx:DocumentFileName><fx:Version>1.0</fx:Version><fx:ConformanceLevel>{PROFILE}</fx:ConformanceLevel></rdf:Description>"
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
    '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>'
    "<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>fx</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    f"{''.join(SCHEMA_PROPERTY.format(name=name) for name in NAMES)}"
    "</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


def embedded_invoice(pdf: bytes) -> bytes:
    """The electronic invoice inside a PDF, byte by byte."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        content: bytes = document.attachments[FILE_NAME].get_file().read_bytes()
    return content


def as_factur_x(pdf: bytes) -> bytes:
    """The same PDF with the metadata of Factur-X."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        metadata = document.Root.Metadata.read_bytes()
        if RDF_END not in metadata:
            raise ValueError("the PDF has no XMP metadata to extend")
        extended = metadata.replace(RDF_END, METADATA.encode() + RDF_END)
        document.Root.Metadata = document.make_stream(extended, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        document.save(written, deterministic_id=True)
    return written.getvalue()
