import { HeaderBlocks } from './HeaderBlocks';

describe('HeaderBlocks', () => {
  it('reads what the other side writes, one block after the other', async () => {
    const [writer, reader] = [new HeaderBlocks(), new HeaderBlocks()];
    const blocks = [
      new Map([
        ['streamtype', 'data'],
        ['port', '8080'],
      ]),
      new Map<string, string>(),
      new Map([['streamtype', 'é'.repeat(1_000)]]),
    ];
    for (const block of blocks) {
      expect(await reader.read(await writer.write(block))).toEqual(block);
    }
    writer.close();
    reader.close();
  });

  it('begins with the dictionary that all speakers of SPDY/3 have', async () => {
    const writer = new HeaderBlocks();
    // The checksum of the dictionary, behind the two bytes of zlib's head.
    expect((await writer.write(new Map())).toString('hex', 2, 6)).toBe(
      'e3c6a7c2',
    );
    writer.close();
  });

  it('refuses what is none, and more than anybody sends', async () => {
    const reader = new HeaderBlocks();
    await expect(reader.read(Buffer.from('no zlib'))).rejects.toThrow(
      'incorrect header check',
    );
    const [writer, another] = [new HeaderBlocks(), new HeaderBlocks()];
    const long = await writer.write(new Map([['a', 'b'.repeat(100_000)]]));
    await expect(another.read(long)).rejects.toThrow('are too long');
    [reader, writer, another].forEach(one => one.close());
  });
});
