import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { onLines } from './onLines';

describe('onLines', () => {
  function reading() {
    const stream = new PassThrough();
    const lines: string[] = [];
    let tooLong = 0;
    onLines(stream, {
      maxCharacters: 5,
      onLine: line => lines.push(line),
      onTooLong: () => {
        tooLong += 1;
      },
    });
    return { stream, lines, tooLong: () => tooLong };
  }

  it('puts lines together from pieces', async () => {
    const { stream, lines, tooLong } = reading();
    stream.write('on');
    stream.write('e\ntwo\nth');
    stream.write('ree\n');
    await turn();
    expect(lines).toEqual(['one', 'two', 'three']);
    expect(tooLong()).toBe(0);
  });

  it.each(['123456\n', '123456'])('ends the stream at %j', async text => {
    const { stream, lines, tooLong } = reading();
    stream.write(text);
    await turn();
    expect(lines).toEqual([]);
    expect(tooLong()).toBe(1);
    expect(stream.destroyed).toBe(true);
  });
});
