import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { answerErrors } from '../src/answerErrors';

describe('an error in a route', () => {
  let server: Server;
  let url: string;
  const errors: unknown[] = [];

  beforeEach(async () => {
    errors.length = 0;
    const app = express();
    app.get('/broken', () => {
      throw new Error('password=hunter2');
    });
    app.get('/bets/:id', (_request, response) => {
      response.send('bet');
    });
    app.use(answerErrors(error => errors.push(error)));
    server = app.listen(0);
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it('reaches the log, and the client learns no detail', async () => {
    const response = await fetch(`${url}/broken`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: 'Internal error' });
    expect(errors).toEqual([new Error('password=hunter2')]);
  });

  it('is the client’s where the request cannot be read', async () => {
    const response = await fetch(`${url}/bets/%zz`);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'The request is not valid',
    });
    expect(errors).toEqual([]);
  });
});
