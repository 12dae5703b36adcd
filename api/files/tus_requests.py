"""Requests of tus clients, read from their headers and bodies. All functions raise `MalformedHeader`."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request

from api.files import tus_headers
from api.files.tus_headers import MalformedHeader
from domain.kernel.ids import internal_or_none
from domain.uploads.inputs import NewUpload
from domain.uploads.receiver import Checksum, Chunk, parse_checksum

ORDER_PREFIX = "ord"


def new_upload(request: Request) -> NewUpload:
    """The file that a request opens an upload for."""
    metadata = tus_headers.parse_metadata(request.headers.get("upload-metadata", ""))
    order_id = internal_or_none(ORDER_PREFIX, metadata["orderId"]) if metadata.get("orderId") else None
    if metadata.get("orderId") and order_id is None:
        raise MalformedHeader("Upload-Metadata: orderId")
    name = metadata.get("filename") or metadata.get("name") or ""
    return NewUpload(name=name, size=tus_headers.whole_number(request.headers, "upload-length"), order_id=order_id)


def checksum(request: Request) -> Checksum | None:
    """What the bytes of the body must add up to, where the client says so."""
    header = request.headers.get("upload-checksum")
    if header is None:
        return None
    named = parse_checksum(header)
    if named is None:
        raise MalformedHeader("Upload-Checksum")
    return named


def declared_length(request: Request) -> int:
    """The length of the body where it is declared; one that is not is bounded as it arrives."""
    return tus_headers.whole_number(request.headers, "content-length") if "content-length" in request.headers else 0


def chunks_of(request: Request) -> Callable[[], Awaitable[Chunk]]:
    """The body, as it arrives."""

    async def receive() -> Chunk:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            return Chunk(b"", is_last=True, is_broken=True)
        return Chunk(message.get("body", b""), is_last=not message.get("more_body", False))

    return receive
