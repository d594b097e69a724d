// A version of an application: a server of WebSockets by npm's ws, compressing, that echoes and closes as it is told.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const server = createServer((request, response) => response.end('ok'));
const sockets = new WebSocketServer({ server, perMessageDeflate: { threshold: 0 }, maxPayload: 64 * 1024 * 1024 });
sockets.on('connection', socket => {
  socket.on('message', (data, binary) => {
    const text = binary ? '' : data.toString();
    if (text.startsWith('close ')) {
      socket.close(Number(text.slice(6)), 'as told');
    } else {
      socket.send(data, { binary });
    }
  });
  socket.on('close', code => console.log(`client closed ${code}`));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
