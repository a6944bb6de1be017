import { readCgiResponse } from './readCgiResponse';

async function* output(...chunks: string[]) {
  for (const chunk of chunks) {
    yield Buffer.from(chunk);
  }
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of body) {
    text += chunk.toString();
  }
  return text;
}

describe('readCgiResponse', () => {
  it('tells head and body apart wherever the chunks are cut', async () => {
    const whole =
      'Status: 404 Not Found\r\nContent-Type: text/plain\r\n\r\none\r\n\r\ntwo';
    for (let cut = 1; cut < whole.length; cut++) {
      const response = await readCgiResponse(
        output(whole.slice(0, cut), whole.slice(cut)),
      );

      expect(response.status).toBe(404);
      expect(response.headers).toEqual([['Content-Type', 'text/plain']]);
      expect(await textOf(response.body)).toBe('one\r\n\r\ntwo');
    }
  });

  it('takes a head without a status as success', async () => {
    const { status } = await readCgiResponse(output('A: b\n\n'));

    expect(status).toBe(200);
  });

  it('rejects when the program ends before its head does', async () => {
    await expect(readCgiResponse(output('A: b\r\n'))).rejects.toThrow(
      /ended before it answered/,
    );
  });

  it('rejects a head without end', async () => {
    await expect(
      readCgiResponse(output('A: ', 'b'.repeat(70_000))),
    ).rejects.toThrow(/longer than 64 KiB/);
  });
});
