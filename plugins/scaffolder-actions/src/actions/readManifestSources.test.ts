import { createHash } from 'node:crypto';
import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { mockUrlReader } from '../__testUtils__/mockUrlReader';
import { readManifestSources } from './readManifestSources';

const RELEASE =
  'https://github.com/kedacore/keda/releases/download/v2.20.2/keda-2.20.2.yaml';
const TEXT = 'kind: Namespace\n';
const SHA256 = createHash('sha256').update(TEXT).digest('hex');

describe('readManifestSources', () => {
  const workspacePath = createMockDirectory().path;
  const asked: string[] = [];

  const read = (url: string, sha256 = SHA256) =>
    readManifestSources({
      sources: [{ url, sha256 }],
      workspacePath,
      reader: mockUrlReader({
        readUrl: async address => {
          asked.push(address);
          return { buffer: async () => Buffer.from(TEXT) };
        },
      }),
      onProgress: () => {},
    });

  beforeEach(() => {
    asked.length = 0;
  });

  afterEach(() => jest.restoreAllMocks());

  // github.com itself cannot be played by a server on port 0.
  const github = (answer: Response) =>
    jest.spyOn(globalThis, 'fetch').mockResolvedValue(answer);

  it("downloads a release of GitHub, which Backstage's reader refuses", async () => {
    const fetched = github(new Response(TEXT));
    expect(await read(RELEASE)).toEqual([{ path: RELEASE, text: TEXT }]);
    expect(fetched).toHaveBeenCalledWith(RELEASE, expect.anything());
    expect(asked).toEqual([]);
  });

  it('refuses a release that is not what was pinned, or not there', async () => {
    github(new Response('other'));
    await expect(read(RELEASE)).rejects.toThrow('is not what was pinned');
    github(new Response('', { status: 404, statusText: 'Not Found' }));
    await expect(read(RELEASE)).rejects.toThrow(
      /cannot be read: 404 Not Found\. .*name a mirror/,
    );
  });

  it.each([
    'https://github.com/kedacore/keda/blob/main/keda.yaml',
    'https://mirror.example.com/keda/releases/download/v2/keda.yaml',
    'https://github.com.example.com/a/b/releases/download/v2/keda.yaml',
  ])('leaves %s to the reader, which knows what is allowed', async url => {
    const fetched = jest.spyOn(globalThis, 'fetch');
    await read(url);
    expect(asked).toEqual([url]);
    expect(fetched).not.toHaveBeenCalled();
  });
});
