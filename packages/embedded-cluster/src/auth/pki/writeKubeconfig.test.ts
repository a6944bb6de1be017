import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { writeKubeconfig } from './writeKubeconfig';

const AUTHORITY = {
  caCertificate: 'ca',
  admin: { certificate: 'certificate', key: 'key' },
};

describe('writeKubeconfig', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  });

  afterEach(() => rmSync(directory, { recursive: true }));

  const write = (serverUrl: string) =>
    writeKubeconfig({ directory, serverUrl, authority: AUTHORITY });

  it('names the server, its authority and the administrator, and says what it is', async () => {
    const path = await write('https://127.0.0.1:6443');

    expect(path).toBe(join(directory, 'kubeconfig'));
    const inBase64 = (text: string) => Buffer.from(text).toString('base64');
    expect(parse(readFileSync(path, 'utf8'))).toEqual({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'sportsbook-scaling-embedded-cluster',
          cluster: {
            server: 'https://127.0.0.1:6443',
            'certificate-authority-data': inBase64('ca'),
            extensions: [
              { name: 'sportsbook-scaling/embedded', extension: {} },
            ],
          },
        },
      ],
      users: [
        {
          name: 'embedded-admin',
          user: {
            'client-certificate-data': inBase64('certificate'),
            'client-key-data': inBase64('key'),
          },
        },
      ],
      contexts: [
        {
          name: 'embedded',
          context: {
            cluster: 'sportsbook-scaling-embedded-cluster',
            user: 'embedded-admin',
          },
        },
      ],
      'current-context': 'embedded',
    });
  });

  it('replaces the file of before, for its owner only', async () => {
    await write('https://127.0.0.1:1');
    const path = await write('https://127.0.0.1:2');

    expect(readFileSync(path, 'utf8')).toContain('https://127.0.0.1:2');
    expect(readdirSync(directory)).toEqual(['kubeconfig']);
    // eslint-disable-next-line no-bitwise
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
