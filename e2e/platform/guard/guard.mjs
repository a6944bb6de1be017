// Stands in front of Prometheus in its pod, and lets nobody through who does
// not prove himself: by bearer token or password over HTTP, by a client
// certificate over TLS.
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

const PROMETHEUS = { host: '127.0.0.1', port: 9090 };
const read = name => readFileSync(`/credentials/${name}`, 'utf8');
const basic = Buffer.from(`${read('username')}:${read('password')}`);
const accepted = [
  `Bearer ${read('token')}`,
  `Basic ${basic.toString('base64')}`,
];

function handOn({ url, method, headers: asked }, answer) {
  const { authorization, ...headers } = asked;
  request({ ...PROMETHEUS, path: url, method, headers }, given => {
    answer.writeHead(given.statusCode, given.headers);
    given.pipe(answer);
  })
    .on('error', error => answer.writeHead(502).end(error.message))
    .end();
}

createServer((asked, answer) => {
  if (accepted.includes(asked.headers.authorization)) {
    handOn(asked, answer);
  } else {
    answer.writeHead(401, { 'www-authenticate': 'Bearer' }).end('Unauthorized');
  }
}).listen(9091);

createTlsServer(
  {
    ca: read('ca.crt'),
    cert: read('server.crt'),
    key: read('server.key'),
    requestCert: true,
    rejectUnauthorized: true,
  },
  handOn,
).listen(9443);

process.on('SIGTERM', () => process.exit(0));
