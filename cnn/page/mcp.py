"""/predict for language models: the Model Context Protocol, at gradio_api/mcp/.

Of the protocol (modelcontextprotocol.io, Streamable HTTP) it has what one tool needs: a request and
its answer as JSON, no sessions, no streams. Gradio's own server for it calls the page over HTTP and
holds a thread for each call meanwhile: with 45 at the same time, nobody was served. It also fetches
web addresses, leaves every picture on the disk, and answers in Python's notation.
"""

import inspect
import json
import os

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cnn.page.api import Predict, checked_picture, image_of, json_from
from cnn.page.errors import Refusal, forget_frames
from cnn.page.html import TITLE

VARIABLE = "GRADIO_MCP_SERVER"  # "True" turns it on, as in Gradio
VERSIONS = "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"  # of the protocol, newest first
# Error codes of JSON-RPC.
NO_JSON, NO_REQUEST, NO_METHOD, BAD_PARAMS = -32700, -32600, -32601, -32602
IMAGE = "The picture as a data URL: data:image/png;base64,... No other address is read."


class RpcError(Exception):
    """code: an error code of JSON-RPC."""

    def __init__(self, code: int, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


def mcp_routes(predict: Predict) -> list[Route]:
    """Routes for the protocol and for the tool's description; none unless VARIABLE says True."""
    if os.environ.get(VARIABLE, "").lower() != "true":
        return []
    schema = {"type": "object", "properties": {"image": {"type": "string", "description": IMAGE}}}
    tool = {
        "name": predict.__name__,
        "description": inspect.getdoc(predict),
        "inputSchema": schema | {"required": ["image"]},
    }

    async def serve(request: Request) -> Response:
        id_ = None
        try:
            message = _message(await request.body())
            id_ = message.get("id")
            if id_ is None or "method" not in message:  # a notification
                return Response(status_code=202)
            told = {"result": await result(message["method"], message.get("params", {}))}
        except RpcError as error:
            told = {"error": {"code": error.code, "message": str(error)}}
        return JSONResponse({"jsonrpc": "2.0", "id": id_} | told, 400 if id_ is None else 200)

    async def result(method: object, params: object) -> dict:
        if not isinstance(params, dict):
            raise RpcError(BAD_PARAMS, "The params are not an object.")
        match method:
            case "initialize":
                asked = params.get("protocolVersion")
                return {
                    "protocolVersion": asked if asked in VERSIONS else VERSIONS[0],
                    "capabilities": {"tools": {}},
                    "serverInfo": {"name": TITLE, "version": "1"},
                }
            case "ping":
                return {}
            case "tools/list":
                return {"tools": [tool]}
            case "tools/call":
                return await called(params.get("name"), params.get("arguments"))
        raise RpcError(NO_METHOD, "There is no such method: the server has one tool.")

    async def called(name: object, arguments: object) -> dict:
        """What the tool returns; a refusal is for the model to read, not a protocol error."""
        if name != tool["name"] or not isinstance(arguments, dict):
            raise RpcError(BAD_PARAMS, 'The tool is "predict", its arguments are {"image": ...}.')
        try:
            picture = checked_picture(arguments.get("image"))
            text = json.dumps(await run_in_threadpool(lambda: predict(image_of(picture))))
            is_error = False
        except Refusal as refusal:
            forget_frames(refusal)
            text, is_error = str(refusal), True
        return {"content": [{"type": "text", "text": text}], "isError": is_error}

    async def describe(request: Request) -> Response:
        """For the page about the API, and for Hugging Face."""
        meta = {"file_data_present": False, "mcp_type": "tool", "endpoint_name": tool["name"]}
        return JSONResponse([tool | {"meta": meta}])

    return [
        Route("/gradio_api/mcp/schema", describe),
        Route("/gradio_api/mcp{rest:path}", serve, methods=["POST"]),
    ]


def _message(body: bytes) -> dict:
    try:
        message = json_from(body)
    except Refusal:
        raise RpcError(NO_JSON, "This is not JSON; NaN and Infinity are not allowed.") from None
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        raise RpcError(NO_REQUEST, "Send one JSON-RPC 2.0 request at a time.")
    if not isinstance(message.get("id"), int | str | None):
        raise RpcError(NO_REQUEST, "The id must be a number or a string.")
    return message
