import { createMockDirectory } from '../__testUtils__/createMockDirectory';
import { skeletonDigest } from './skeletonDigest';

describe('the digest of a skeleton', () => {
  const directory = createMockDirectory();
  const digestOf = (files: Parameters<typeof directory.setContent>[0]) => {
    directory.setContent(files);
    return skeletonDigest(directory.path);
  };

  it('is the same for the same files', () => {
    const digest = digestOf({ 'a.txt': '1', b: { 'c.txt': '2' } });
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(digestOf({ b: { 'c.txt': '2' }, 'a.txt': '1' })).toBe(digest);
  });

  it('changes with a content, a name, and a file that comes', () => {
    const digests = [
      digestOf({ 'a.txt': '1', 'b.txt': '2' }),
      digestOf({ 'a.txt': '1', 'b.txt': '3' }),
      digestOf({ 'a.txt': '1', 'c.txt': '2' }),
      digestOf({ 'a.txt': '2', 'b.txt': '1' }),
      digestOf({ 'a.txt': '1', 'b.txt': '2', '.hidden': '' }),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });
});
