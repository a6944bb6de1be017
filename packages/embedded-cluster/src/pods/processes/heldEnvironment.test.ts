import { ContainerFiles } from '../containers/ContainerFiles';
import { heldEnvironment } from './heldEnvironment';

describe('heldEnvironment', () => {
  const files = new ContainerFiles('/real/root', [
    { path: '/config', real: '/real/config', writable: false },
  ]);

  function held(environment: Record<string, string>) {
    return heldEnvironment({
      environment,
      files,
      workingDirectory: '/app',
      realOption: option => option.replace('/x.js', '/real/root/x.js'),
      preload: '/pod/preload.cjs',
    });
  }

  it('hands on what is declared', () => {
    const environment = { HOME: '/root', PORT: '8080', NODE_OPTIONS: '' };
    expect(held(environment)).toEqual({ real: environment, shown: {} });
  });

  it.each([
    ['NODE_EXTRA_CA_CERTS', '/config/ca.crt', '/real/config/ca.crt'],
    ['NODE_EXTRA_CA_CERTS', '../ca.crt', '/real/root/ca.crt'],
    ['NODE_EXTRA_CA_CERTS', '../../../ca.crt', '/real/root/ca.crt'],
    ['OPENSSL_CONF', '/dev/null', '/dev/null'],
    ['NODE_PATH', '/lib:/config', '/real/root/lib:/real/config'],
    [
      'NODE_OPTIONS',
      '-r /x.js',
      '--require "/pod/preload.cjs" -r /real/root/x.js',
    ],
  ])(
    'starts Node with the real path of %s %s, and shows what was declared',
    (name, value, real) => {
      expect(held({ [name]: value })).toEqual({
        real: { [name]: real },
        shown: { [name]: value },
      });
    },
  );

  it('gives variables whose files are read later their real paths', () => {
    expect(held({ SSL_CERT_FILE: '/config/ca.crt' })).toEqual({
      real: { SSL_CERT_FILE: '/real/config/ca.crt' },
      shown: {},
    });
  });

  it.each(['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'NODE_CHANNEL_FD'])(
    'keeps %s from Node and the system, and shows it',
    name => {
      expect(held({ [name]: '3' })).toEqual({
        real: {},
        shown: { [name]: '3' },
      });
    },
  );

  it.each(['LD_PRELOAD', 'LD_AUDIT', 'OPENSSL_ENGINES'])('refuses %s', name => {
    expect(() => held({ [name]: '/lib/x.so' })).toThrow(
      `${name} loads native code, which nothing would hold to the container`,
    );
  });
});
