import { ConfigReader } from '@backstage/config';
import express from 'express';
import { get, Server } from 'http';
import { AddressInfo } from 'net';
import { refuseForeignHosts } from './refuseForeignHosts';

describe('refuseForeignHosts', () => {
  let server: Server;

  beforeEach(async () => {
    const app = express();
    app.use(
      refuseForeignHosts(
        new ConfigReader({
          app: { baseUrl: 'http://backstage.test:7007' },
          backend: { baseUrl: 'http://127.0.0.1:7007' },
        }),
      ),
    );
    app.use((_request, response) => {
      response.send('page');
    });
    server = app.listen(0, '127.0.0.1');
    await new Promise(listening => server.once('listening', listening));
  });

  afterEach(() => new Promise(closed => server.close(closed)));

  const statusFor = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      get({ host: '127.0.0.1', port, headers: { host } }, response => {
        response.resume();
        resolve(response.statusCode);
      }).once('error', reject);
    });

  it.each(['127.0.0.1:7007', 'localhost:7007', '[::1]:7007', 'backstage.test'])(
    'answers for %s',
    async host => {
      expect(await statusFor(host)).toBe(200);
    },
  );

  it.each(['evil.example', 'evil.example:7007', '127.0.0.1.evil.example', '@'])(
    'refuses %s, which another page may have pointed here',
    async host => {
      expect(await statusFor(host)).toBe(421);
    },
  );
});
