"""The description that travels inside a PDF (XMP), written as text: the packet is short and always the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape as escaped
from xml.sax.saxutils import quoteattr

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PADDING = b" " * 1024 + b"\n"
"""Room for programs that change the packet in place."""


@dataclass(frozen=True, slots=True)
class PdfDescription:
    """What the document's own information says; both must agree."""

    title: str
    author: str
    subject: str
    creator: str
    producer: str
    created_at: datetime
    modified_at: datetime
    language: str


def packet(facts: PdfDescription) -> bytes:
    """The packet of a document that claims PDF/A-3b."""
    described = "\n".join(
        [
            "   <pdfaid:part>3</pdfaid:part>",
            "   <pdfaid:conformance>B</pdfaid:conformance>",
            "   <dc:format>application/pdf</dc:format>",
            f"   <dc:title>{_alternatives(facts.title)}</dc:title>",
            f"   <dc:creator><rdf:Seq><rdf:li>{escape(facts.author)}</rdf:li></rdf:Seq></dc:creator>",
            f"   <dc:description>{_alternatives(facts.subject)}</dc:description>",
            f"   <dc:language><rdf:Bag><rdf:li>{escape(facts.language)}</rdf:li></rdf:Bag></dc:language>",
            f"   <xmp:CreatorTool>{escape(facts.creator)}</xmp:CreatorTool>",
            f"   <xmp:CreateDate>{facts.created_at.isoformat()}</xmp:CreateDate>",
            f"   <xmp:ModifyDate>{facts.modified_at.isoformat()}</xmp:ModifyDate>",
            f"   <pdf:Producer>{escape(facts.producer)}</pdf:Producer>",
        ]
    )
    return _ENVELOPE.format(described=described, **_NAMESPACES).encode() + _PADDING + _END


def escape(text: str) -> str:
    """`text` for XML, without the characters that XML cannot hold."""
    return escaped(_NOT_XML.sub("", text))


def _alternatives(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


_NAMESPACES = {
    "rdf": quoteattr("http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    "dc": quoteattr("http://purl.org/dc/elements/1.1/"),
    "xmp": quoteattr("http://ns.adobe.com/xap/1.0/"),
    "pdf": quoteattr("http://ns.adobe.com/pdf/1.3/"),
    "pdfaid": quoteattr("http://www.aiim.org/pdfa/ns/id/"),
}
_ENVELOPE = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf={rdf}>
  <rdf:Description rdf:about="" xmlns:dc={dc} xmlns:xmp={xmp} xmlns:pdf={pdf} xmlns:pdfaid={pdfaid}>
{described}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""
_END = b'<?xpacket end="w"?>\n'
