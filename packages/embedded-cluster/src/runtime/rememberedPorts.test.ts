import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rememberedPorts } from './rememberedPorts';

describe('rememberedPorts', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ports-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('gives the same free ports again', async () => {
    const first = await rememberedPorts(directory, { api: 0, registry: 0 });
    expect(first.api).not.toBe(first.registry);
    expect(await rememberedPorts(directory, { api: 0, registry: 0 })).toEqual(
      first,
    );
  });

  it('takes another one when somebody else holds it', async () => {
    const { api } = await rememberedPorts(directory, { api: 0 });
    const other = createServer();
    await new Promise<void>(listening =>
      other.listen(api, '127.0.0.1', listening),
    );
    try {
      expect((await rememberedPorts(directory, { api: 0 })).api).not.toBe(api);
    } finally {
      await new Promise(closed => other.close(closed));
    }
  });

  it('gives what was asked for', async () => {
    expect(await rememberedPorts(directory, { api: 40123 })).toEqual({
      api: 40123,
    });
  });
});
