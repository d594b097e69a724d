"""Python's websockets as a client: client.py ADDRESS VERSION. Says what it saw, stays until it is told to close."""
import asyncio
import sys

import websockets
from websockets.asyncio.client import connect

ADDRESS, WANTED = sys.argv[1:]


async def opened():
    for _ in range(200):
        socket = await connect(ADDRESS, subprotocols=["chat.v1"], max_size=64 * 1024 * 1024, proxy=None)
        if socket.response.headers["Slipway-Version"] == WANTED:
            return socket
        await socket.close()
    raise SystemExit(f"never got {WANTED}")


async def main():
    talking = await opened()
    assert talking.subprotocol == "chat.v1"
    assert "permessage-deflate" in talking.response.headers["Sec-WebSocket-Extensions"]
    for message in ["grüße €", "x" * 300_000, bytes(16 * 1024 * 1024)]:
        await talking.send(message)
        assert await talking.recv() == message
    await talking.send(["frag", "men", "ts"])
    assert await talking.recv() == "fragments"
    await (await talking.ping(b"p"))
    await talking.send("close 4001")
    try:
        await talking.recv()
        raise SystemExit("was not closed")
    except websockets.ConnectionClosed as closed:
        assert (closed.rcvd.code, closed.rcvd.reason) == (4001, "as told"), closed

    stays = await opened()
    print("talked", flush=True)
    await stays.wait_closed()
    print(f"closed {stays.close_code}", flush=True)


asyncio.run(main())
