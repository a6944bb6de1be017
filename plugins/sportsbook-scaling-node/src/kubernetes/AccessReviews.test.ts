import { AccessQuestion } from '../ports/KubernetesClient';
import { clientOf, Reply } from './__testUtils__/ScriptedTransport';

const SINGLE = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const RULES = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';

const question = (
  resource: string,
  namespace: string | undefined = 'betting',
): AccessQuestion => ({ verb: 'get', group: '', resource, namespace });

/** A server that grants reading pods and services, asked in either way. */
function serverWith(rules: Reply) {
  return clientOf((path, { body }) =>
    path === RULES
      ? rules
      : {
          body: {
            status: {
              allowed: /"resource":"(pods|services)"/.test(body ?? ''),
              reason: 'asked singly',
            },
          },
        },
  );
}

const rulesBody = (incomplete: boolean) => ({
  body: {
    status: {
      incomplete,
      resourceRules: [
        { verbs: ['get'], apiGroups: [''], resources: ['pods', 'services'] },
      ],
    },
  },
});

describe('questions about rights', () => {
  it('are answered by all rules of the namespace after the first two', async () => {
    const { client, transport } = serverWith(rulesBody(false));
    const answers = [];
    for (const resource of ['pods', 'services', 'pods', 'services', 'pods']) {
      answers.push((await client.can(question(resource))).allowed);
    }
    expect(answers).toEqual([true, true, true, true, true]);
    expect(transport.asked.map(({ path }) => path)).toEqual([
      SINGLE,
      SINGLE,
      RULES,
    ]);
  });

  it('fetch the rules once when many come at the same time, and for each namespace', async () => {
    const { client, transport } = serverWith(rulesBody(false));
    await Promise.all(
      ['betting', 'casino'].flatMap(namespace =>
        Array.from({ length: 10 }, () =>
          client.can(question('pods', namespace)),
        ),
      ),
    );
    const paths = transport.asked.map(({ path }) => path);
    expect(paths.filter(path => path === RULES)).toHaveLength(2);
    expect(paths.filter(path => path === SINGLE)).toHaveLength(4);
  });

  it('are asked singly where the rules do not grant it, so that the server says why', async () => {
    const { client } = serverWith(rulesBody(false));
    for (let i = 0; i < 3; i += 1) {
      await client.can(question('pods'));
    }
    expect(await client.can(question('secrets'))).toEqual({
      allowed: false,
      reason: 'asked singly',
    });
  });

  it.each<[string, Reply]>([
    ['are not complete', rulesBody(true)],
    ['are not told', { status: 403, body: { kind: 'Status', code: 403 } }],
    ['cannot be read', { body: { status: {} } }],
  ])('are asked singly where the rules %s', async (_, reply) => {
    const { client } = serverWith(reply);
    for (let i = 0; i < 4; i += 1) {
      expect(await client.can(question('pods'))).toEqual({
        allowed: true,
        reason: 'asked singly',
      });
    }
  });

  it('are asked singly where they belong to no namespace', async () => {
    const { client, transport } = serverWith(rulesBody(false));
    for (let i = 0; i < 4; i += 1) {
      await client.can({ verb: 'get', group: '', resource: 'pods' });
    }
    expect(transport.asked.map(({ path }) => path)).toEqual([
      SINGLE,
      SINGLE,
      SINGLE,
      SINGLE,
    ]);
  });
});
