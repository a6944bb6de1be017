import { portFlag } from './portFlag';

describe('portFlag', () => {
  it.each(['0', '6443', '65535'])('takes %s', text => {
    expect(portFlag('port', text)).toBe(Number(text));
  });

  it.each(['abc', '', '-1', '1.5', '65536', '99999', '0x10'])(
    'refuses %j and names the flag',
    text => {
      expect(() => portFlag('registry-port', text)).toThrow(
        `--registry-port is a port, a whole number from 0 to 65535, not ${JSON.stringify(
          text,
        )}.`,
      );
    },
  );
});
