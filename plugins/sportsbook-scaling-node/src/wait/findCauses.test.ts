import { hideCredentials } from './hideCredentials';
import { troubledContainers } from './troubledContainers';

describe('hideCredentials', () => {
  const jwt = ['eyJhbGciOiJSUzI1NiJ9', 'eyJzdWIiOiJvZGRzIn0', 'c2ln'].join('.');
  it.each([
    ['postgres://odds:hunter2@db:5432/odds', 'postgres://***@db:5432/odds'],
    ['DB_PASSWORD=hunter2 started', 'DB_PASSWORD=*** started'],
    ['password: "hunter 2", user: odds', 'password: ***, user: odds'],
    ['{"apiKey":"abc123","port":8080}', '{"apiKey":***,"port":8080}'],
    ['{\\"token\\":\\"abc\\",\\"a\\":1}', '{\\"token\\":***,\\"a\\":1}'],
    ['client_secret=abc&grant=x', 'client_secret=***&grant=x'],
    ['Authorization: Bearer abcdef123', 'Authorization: ***'],
    ['got Bearer abcdef123456 from', 'got Bearer *** from'],
    [`token is ${jwt}`, 'token is ***'],
    ['key AKIAABCDEFGHIJKLMNOP', 'key ***'],
    ['Set-Cookie: session=1; Path=/', 'Set-Cookie: ***'],
    [
      '-----BEGIN RSA PRIVATE KEY-----MIIE-----END RSA PRIVATE KEY----- end',
      '*** end',
    ],
    ['-----BEGIN PRIVATE KEY-----', '***'],
  ])('hides the credential of %s', (line, expected) => {
    expect(hideCredentials(line)).toBe(expected);
  });

  it.each([
    'Error: listen EADDRINUSE: address already in use :::8080',
    'GET http://prometheus.betting.svc:9090/api/v1/query 503',
    'a basic check of the tokenizer passed',
    'pods "odds-1" is forbidden: exceeded quota: team',
  ])('leaves %s as it is', line => {
    expect(hideCredentials(line)).toBe(line);
  });
});

describe('troubledContainers', () => {
  const podOf = (containers: object[], status: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'odds' },
    status: {
      ...status,
      containerStatuses: containers.map(container => ({
        name: 'api',
        ready: false,
        ...container,
      })),
    },
  });
  const exit = (exitCode: number) => ({ terminated: { exitCode } });

  it.each([
    ['has not started', { state: { waiting: {} } }, undefined],
    ['is ready', { ready: true, state: { running: {} } }, undefined],
    ['ended well', { state: exit(0) }, undefined],
    ['runs but is not ready', { state: { running: {} } }, false],
    ['ended badly', { state: exit(1) }, false],
    [
      'waits to be restarted',
      { state: { waiting: {} }, lastState: exit(1) },
      false,
    ],
    [
      'has just been restarted',
      { state: { running: {} }, lastState: exit(1) },
      true,
    ],
  ])('of a container that %s', (_, container, previousRun) => {
    expect(troubledContainers(podOf([container]))).toEqual(
      previousRun === undefined
        ? []
        : [
            {
              name: 'api',
              previousRun,
              ranBefore: 'lastState' in container,
            },
          ],
    );
  });

  it('has none of a pod that has run to its end, or tells nothing', () => {
    const container = { state: exit(1) };
    expect(
      troubledContainers(podOf([container], { phase: 'Succeeded' })),
    ).toEqual([]);
    expect(troubledContainers({ ...podOf([]), status: undefined })).toEqual([]);
  });
});
