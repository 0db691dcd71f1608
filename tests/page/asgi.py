"""Run a part of the server without one: what is sent to it, and what it gives."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def run(coroutine):
    """What the coroutine gives; playwright has a loop running in the tests' own thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def sent(*chunks: bytes, ends: bool = True):
    """A `receive` that gives the chunks, and then waits for ever, or says that this was all."""
    messages = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    if ends:
        messages[-1]["more_body"] = False

    async def receive():
        return messages.pop(0) if messages else await asyncio.Event().wait()

    return receive
