import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  callWithHeaders,
  sha256,
  startTestRegistry,
  type TestRegistry,
} from './__testUtils__/startTestRegistry';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

describe('createRegistry', () => {
  let registry: TestRegistry;

  beforeEach(async () => {
    registry = await startTestRegistry({ maxBlobBytes: 4 * 1024 * 1024 });
  });

  afterEach(() => registry.remove());

  const blobFile = (digest: string) =>
    join(registry.directory, 'blobs', 'sha256', digest.slice(7));
  const errorOf = async (answer: Response) => {
    const { errors } = await answer.json();
    return { status: answer.status, code: errors[0].code };
  };
  const beginUpload = async (repository: string) => {
    const answer = await registry.call(`/v2/${repository}/blobs/uploads/`, {
      method: 'POST',
    });
    expect(answer.status).toBe(202);
    return answer.headers.get('location') ?? '';
  };

  describe('blobs', () => {
    it('gives back what was pushed in one request, whole and in part', async () => {
      const bytes = randomBytes(100_000);
      const digest = await registry.pushBlob('odds/api', bytes);
      const path = `/v2/odds/api/blobs/${digest}`;

      const head = await registry.call(path, { method: 'HEAD' });
      expect(head.status).toBe(200);
      expect(head.headers.get('content-length')).toBe('100000');
      expect(head.headers.get('docker-content-digest')).toBe(digest);
      const whole = await registry.call(path);
      expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);

      const part = await registry.call(path, {
        headers: { range: 'bytes=10-19' },
      });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe('bytes 10-19/100000');
      expect(Buffer.from(await part.arrayBuffer())).toEqual(
        bytes.subarray(10, 20),
      );
      const behind = await registry.call(path, {
        headers: { range: 'bytes=100000-' },
      });
      expect(behind.status).toBe(416);
    });

    it('takes an upload in pieces, and says how far it is', async () => {
      const bytes = randomBytes(50_000);
      const location = await beginUpload('odds');

      const first = await registry.call(location, {
        method: 'PATCH',
        body: bytes.subarray(0, 20_000),
        headers: { 'content-range': '0-19999' },
      });
      expect(first.status).toBe(202);
      expect(first.headers.get('range')).toBe('0-19999');
      const state = await registry.call(location);
      expect([state.status, state.headers.get('range')]).toEqual([
        204,
        '0-19999',
      ]);
      const wrong = await registry.call(location, {
        method: 'PATCH',
        body: 'x',
        headers: { 'content-range': '5-5' },
      });
      expect(wrong.status).toBe(416);
      const last = await registry.call(`${location}?digest=${sha256(bytes)}`, {
        method: 'PUT',
        body: bytes.subarray(20_000),
      });
      expect(last.status).toBe(201);
      const back = await registry.call(`/v2/odds/blobs/${sha256(bytes)}`);
      expect(Buffer.from(await back.arrayBuffer())).toEqual(bytes);
    });

    it('keeps nothing of an upload whose digest is another', async () => {
      const location = await beginUpload('odds');
      const claimed = sha256('something else');

      const answer = await registry.call(`${location}?digest=${claimed}`, {
        method: 'PUT',
        body: 'this',
      });

      expect(await errorOf(answer)).toEqual({
        status: 400,
        code: 'DIGEST_INVALID',
      });
      expect(existsSync(blobFile(claimed))).toBe(false);
      expect(existsSync(blobFile(sha256('this')))).toBe(false);
      expect(readdirSync(join(registry.directory, 'uploads'))).toEqual([]);
      expect(await errorOf(await registry.call(location))).toEqual({
        status: 404,
        code: 'BLOB_UPLOAD_UNKNOWN',
      });
    });

    it('refuses a blob above the limit and keeps nothing of it', async () => {
      const bytes = randomBytes(5 * 1024 * 1024);
      const answer = await registry
        .call(`/v2/odds/blobs/uploads/?digest=${sha256(bytes)}`, {
          method: 'POST',
          body: bytes,
        })
        // The connection ends before all is sent, which fetch may see first.
        .catch(() => undefined);

      expect(answer?.status ?? 413).toBe(413);
      expect(existsSync(blobFile(sha256(bytes)))).toBe(false);
      expect(readdirSync(join(registry.directory, 'uploads'))).toEqual([]);
    });

    it('takes many uploads of one blob at a time', async () => {
      const bytes = randomBytes(1024 * 1024);
      const digests = await Promise.all(
        Array.from({ length: 8 }, () => registry.pushBlob('odds', bytes)),
      );

      expect(new Set(digests)).toEqual(new Set([sha256(bytes)]));
      const back = await registry.call(`/v2/odds/blobs/${sha256(bytes)}`);
      expect(sha256(Buffer.from(await back.arrayBuffer()))).toBe(sha256(bytes));
    });

    it('mounts what is there, and begins an upload for what is not', async () => {
      const digest = await registry.pushBlob('one', 'content');
      const mount = (wanted: string) =>
        registry.call(`/v2/two/blobs/uploads/?mount=${wanted}&from=one`, {
          method: 'POST',
        });

      expect((await mount(digest)).status).toBe(201);
      expect((await mount(sha256('nothing'))).status).toBe(202);
    });

    describe('while a client still sends', () => {
      /** A request whose body is open until it is ended or aborted. */
      const sending = (location: string, firstBytes: string) => {
        const patch = request(`http://${registry.address}${location}`, {
          method: 'PATCH',
          agent: false,
        });
        const answered = new Promise<number | undefined>((resolve, reject) => {
          patch.on('response', answer => {
            answer.resume();
            resolve(answer.statusCode);
          });
          patch.on('error', reject);
        });
        patch.write(firstBytes);
        return { patch, answered };
      };
      const until = async (location: string, range: string | null) => {
        for (let turn = 0; turn < 200; turn += 1) {
          const answer = await registry.call(location);
          if (answer.headers.get('range') === range) {
            return;
          }
          await new Promise(resolve => setTimeout(resolve, 10));
        }
        throw new Error(`The upload never was at ${range}`);
      };

      it('forgets the upload when that client goes away', async () => {
        const location = await beginUpload('odds');
        const { patch, answered } = sending(location, 'one');
        await until(location, '0-2');

        patch.destroy();

        await expect(answered).rejects.toThrow('socket hang up');
        await until(location, null);
        expect((await registry.call(location)).status).toBe(404);
        expect(readdirSync(join(registry.directory, 'uploads'))).toEqual([]);
      });

      it('refuses another one that writes to the same upload', async () => {
        const location = await beginUpload('odds');
        const { patch, answered } = sending(location, 'one');
        await until(location, '0-2');

        const second = await registry.call(location, {
          method: 'PATCH',
          body: 'two',
        });

        expect(second.status).toBe(409);
        patch.end();
        expect(await answered).toBe(202);
        const last = await registry.call(
          `${location}?digest=${sha256('one')}`,
          { method: 'PUT' },
        );
        expect(last.status).toBe(201);
      });
    });

    it('forgets an upload that its client deletes', async () => {
      const location = await beginUpload('odds');

      const answer = await registry.call(location, { method: 'DELETE' });

      expect(answer.status).toBe(204);
      expect((await registry.call(location)).status).toBe(404);
    });
  });

  describe('manifests', () => {
    it('has them by tag and by digest, after a restart too', async () => {
      const digest = await registry.pushImage({
        repository: 'sportsbook/odds-api',
        reference: 'v1',
        layer: Buffer.from('layer'),
      });
      await registry.restart();

      for (const reference of ['v1', digest]) {
        const answer = await registry.call(
          `/v2/sportsbook/odds-api/manifests/${reference}`,
        );
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-type')).toBe(MANIFEST);
        expect(answer.headers.get('docker-content-digest')).toBe(digest);
        expect(sha256(await answer.text())).toBe(digest);
      }
      const tags = await registry.call('/v2/sportsbook/odds-api/tags/list');
      expect(await tags.json()).toEqual({
        name: 'sportsbook/odds-api',
        tags: ['v1'],
      });
      const catalog = await registry.call('/v2/_catalog?n=2');
      expect(await catalog.json()).toEqual({
        repositories: ['library/node', 'node'],
      });
      expect(catalog.headers.get('link')).toBe(
        '</v2/_catalog?n=2&last=node>; rel="next"',
      );
    });

    it('refuses one that names what was not pushed', async () => {
      const answer = await registry.call('/v2/odds/manifests/v1', {
        method: 'PUT',
        headers: { 'content-type': MANIFEST },
        body: JSON.stringify({
          schemaVersion: 2,
          config: { mediaType: 'x', digest: sha256('nothing'), size: 1 },
          layers: [],
        }),
      });

      expect(await errorOf(answer)).toEqual({
        status: 400,
        code: 'MANIFEST_BLOB_UNKNOWN',
      });
    });

    it.each([
      ['no JSON', MANIFEST, '{'],
      ['no manifest', MANIFEST, '{"schemaVersion":2}'],
      ['of a type that is not kept', 'text/plain', '{}'],
      [
        'that calls itself another type',
        MANIFEST,
        `{"schemaVersion":2,"mediaType":"${INDEX}","manifests":[]}`,
      ],
    ])('refuses one that is %s', async (_why, type, body) => {
      const answer = await registry.call('/v2/odds/manifests/v1', {
        method: 'PUT',
        headers: { 'content-type': type },
        body,
      });

      expect(await errorOf(answer)).toEqual({
        status: 400,
        code: 'MANIFEST_INVALID',
      });
    });

    it('loses the tags with a deleted manifest, but keeps it when a tag is deleted', async () => {
      const push = (reference: string) =>
        registry.pushImage({
          repository: 'odds',
          reference,
          layer: Buffer.from('layer'),
        });
      const digest = await push('v1');
      await push('v2');
      const path = '/v2/odds/manifests';
      const deleting = { method: 'DELETE' };

      expect((await registry.call(`${path}/v1`, deleting)).status).toBe(202);
      expect((await registry.call(`${path}/v1`)).status).toBe(404);
      expect((await registry.call(`${path}/${digest}`)).status).toBe(200);
      expect((await registry.call(`${path}/${digest}`, deleting)).status).toBe(
        202,
      );
      expect((await registry.call(`${path}/v2`)).status).toBe(404);
      expect((await registry.call('/v2/odds/tags/list')).status).toBe(404);
    });

    it('moves a tag that is pushed again', async () => {
      const push = (layer: string) =>
        registry.pushImage({
          repository: 'odds',
          reference: 'v1',
          layer: Buffer.from(layer),
        });
      const first = await push('one');
      const second = await push('two');

      const answer = await registry.call('/v2/odds/manifests/v1');
      expect(answer.headers.get('docker-content-digest')).toBe(second);
      expect((await registry.call(`/v2/odds/manifests/${first}`)).status).toBe(
        200,
      );
    });
  });

  describe('names', () => {
    it.each([
      ['/v2/UPPER/manifests/v1', 400, 'NAME_INVALID'],
      ['/v2/a%2f..%2fb/manifests/v1', 400, 'NAME_INVALID'],
      ['/v2/_manifests/tags/list', 400, 'NAME_INVALID'],
      ['/v2/odds/manifests/.hidden', 400, 'DIGEST_INVALID'],
      ['/v2/odds/manifests/sha256:12', 400, 'DIGEST_INVALID'],
      ['/v2/odds/blobs/sha512:12', 400, 'DIGEST_INVALID'],
      [`/v2/odds/blobs/${sha256('nothing')}`, 404, 'BLOB_UNKNOWN'],
      ['/v2/odds/manifests/v9', 404, 'MANIFEST_UNKNOWN'],
      ['/v2/odds/tags/list', 404, 'NAME_UNKNOWN'],
      ['/v2/library/node/tags/list?n=x', 400, 'UNSUPPORTED'],
      ['/elsewhere', 404, 'UNSUPPORTED'],
      ['/%E0%A4%A', 400, 'NAME_INVALID'],
    ])('answers %s with %i and %s', async (path, status, code) => {
      expect(await errorOf(await registry.call(path))).toEqual({
        status,
        code,
      });
    });
  });

  it.each([
    ['//', 404],
    ['//%', 404],
    ['http://[/v2/', 404],
    ['/v2/%zz/tags/list', 400],
    [`/v2/${'a'.repeat(12_000)}/tags/list`, 400],
  ])('refuses the address %.30s, and goes on', async (path, status) => {
    const [host, port] = registry.address.split(':');
    const answered = await new Promise((resolve, reject) => {
      request({ host, port, path }, answer => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });

    expect(answered).toBe(status);
    expect((await registry.call('/v2/')).status).toBe(200);
  });

  describe('who may ask', () => {
    it('answers the machine’s own clients', async () => {
      const { address } = registry;
      const port = address.split(':')[1];
      for (const host of [address, `localhost:${port}`]) {
        const answer = await callWithHeaders(address, '/v2/', { host });
        expect(answer).toEqual({ status: 200, body: '{}' });
      }
    });

    it.each([
      ['a name that points here', { host: 'evil.example' }, 421],
      ['a page of another origin', { origin: 'http://evil.example' }, 403],
      ['a page, for an image of it', { 'sec-fetch-site': 'cross-site' }, 403],
    ])('refuses %s', async (_who, headers, status) => {
      const answer = await callWithHeaders(registry.address, '/v2/', headers);

      expect(answer.status).toBe(status);
      expect(JSON.parse(answer.body).errors[0].code).toBe('DENIED');
    });

    it('lets nobody change the base image', async () => {
      const answer = await registry.call('/v2/library/node/manifests/22-slim', {
        method: 'PUT',
        headers: { 'content-type': MANIFEST },
        body: '{}',
      });

      expect(await errorOf(answer)).toEqual({ status: 403, code: 'DENIED' });
    });
  });

  describe('a restart', () => {
    it('removes what no manifest has needed for a day, and nothing else', async () => {
      const old = new Date(Date.now() - 25 * 3_600_000);
      const unneeded = await registry.pushBlob('odds', 'unneeded');
      const recent = await registry.pushBlob('odds', 'recent');
      const image = await registry.pushImage({
        repository: 'odds',
        layer: Buffer.from('needed'),
      });
      for (const digest of [unneeded, image, sha256('needed')]) {
        utimesSync(blobFile(digest), old, old);
      }

      await registry.restart();

      expect(existsSync(blobFile(unneeded))).toBe(false);
      expect(existsSync(blobFile(recent))).toBe(true);
      expect(existsSync(blobFile(sha256('needed')))).toBe(true);
      expect(registry.logged).toEqual([
        'registry: removed 1 blobs that no image needs',
      ]);
      const lookup = await registry.images.find(
        `${registry.address}/odds@${image}`,
      );
      expect(lookup.status).toBe('found');
    });

    it('gives a blob another day from when its manifest was deleted', async () => {
      const old = new Date(Date.now() - 25 * 3_600_000);
      const image = await registry.pushImage({
        repository: 'odds',
        layer: Buffer.from('layer'),
      });
      utimesSync(blobFile(sha256('layer')), old, old);
      await registry.call(`/v2/odds/manifests/${image}`, { method: 'DELETE' });

      await registry.restart();

      expect(existsSync(blobFile(sha256('layer')))).toBe(true);
    });

    it('gives the base image of one version of Node the same digest, of another another', async () => {
      const digest = async () => {
        const answer = await registry.call(
          '/v2/library/node/manifests/22-slim',
          { method: 'HEAD' },
        );
        return answer.headers.get('docker-content-digest');
      };
      const before = await digest();

      await registry.restart();
      expect(await digest()).toBe(before);
      await registry.restart({ nodeVersion: 'v24.3.1' });
      expect(await digest()).not.toBe(before);
      const tags = await registry.call('/v2/library/node/tags/list');
      expect((await registry.call(`/v2/node/manifests/${before}`)).status).toBe(
        404,
      );
      expect((await tags.json()).tags).toEqual([
        '22',
        '22-slim',
        '24',
        '24-slim',
        '24.3.1',
        '24.3.1-slim',
      ]);
    });
  });

  it('gives layers to those who unpack them', async () => {
    const layer = randomBytes(10_000);
    await registry.pushImage({ repository: 'odds', reference: 'v1', layer });

    const lookup = await registry.images.find(`${registry.address}/odds:v1`);

    if (lookup.status !== 'found') {
      throw new Error(lookup.reason);
    }
    const [{ digest, sizeBytes }] = lookup.image.layers;
    expect(sizeBytes).toBe(10_000);
    expect(await buffer(registry.images.openLayer(digest))).toEqual(layer);
  });
});
