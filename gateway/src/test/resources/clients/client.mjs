// npm's ws as a client: client.mjs ADDRESS VERSION. Says what it saw, stays until it is told to close.
import assert from 'node:assert';
import { once } from 'node:events';
import { WebSocket } from 'ws';

const [address, wanted] = process.argv.slice(2);

async function open() {
  for (let i = 0; i < 200; i++) {
    const socket = new WebSocket(address, ['chat.v1'], { perMessageDeflate: true });
    let version;
    socket.on('upgrade', answer => (version = answer.headers['slipway-version']));
    await once(socket, 'open');
    if (version === wanted) return socket;
    socket.close();
  }
  throw new Error(`never got ${wanted}`);
}

const talking = await open();
assert.match(talking.extensions, /permessage-deflate/);
assert.equal(talking.protocol, 'chat.v1');
for (const message of ['grüße €', 'x'.repeat(300_000), Buffer.alloc(16 * 1024 * 1024, 7)]) {
  talking.send(message);
  const [data, binary] = await once(talking, 'message');
  assert.ok(Buffer.from(message).equals(data));
  assert.equal(binary, Buffer.isBuffer(message));
}
talking.send('frag', { fin: false });
talking.ping('p');
talking.send('ments', { fin: true });
assert.equal((await once(talking, 'message'))[0].toString(), 'fragments');
talking.ping('still');
assert.equal((await once(talking, 'pong'))[0].toString(), 'still');
talking.send('close 4001');
const [code, why] = await once(talking, 'close');
assert.deepEqual([code, why.toString()], [4001, 'as told']);

const stays = await open();
console.log('talked');
const [last] = await once(stays, 'close');
console.log(`closed ${last}`);
