import { AccessQuestion } from '../ports/KubernetesClient';
import { AccessRule, coversQuestion } from './accessRules';

const scale: AccessQuestion = {
  verb: 'patch',
  group: 'apps',
  resource: 'deployments',
  subresource: 'scale',
  namespace: 'betting',
  name: 'odds-api',
};
const plain: AccessQuestion = { ...scale, subresource: undefined };

describe('coversQuestion', () => {
  it.each<[string, AccessRule, AccessQuestion, boolean]>([
    [
      'the very thing',
      { verbs: ['patch'], apiGroups: ['apps'], resources: ['deployments'] },
      plain,
      true,
    ],
    [
      'everything',
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      scale,
      true,
    ],
    [
      'another verb',
      { verbs: ['get'], apiGroups: ['apps'], resources: ['deployments'] },
      plain,
      false,
    ],
    [
      'another group',
      { verbs: ['*'], apiGroups: [''], resources: ['deployments'] },
      plain,
      false,
    ],
    [
      'the resource without its subresource',
      { verbs: ['*'], apiGroups: ['apps'], resources: ['deployments'] },
      scale,
      false,
    ],
    [
      'the subresource alone',
      { verbs: ['*'], apiGroups: ['apps'], resources: ['deployments/scale'] },
      plain,
      false,
    ],
    [
      'that subresource of all resources',
      { verbs: ['*'], apiGroups: ['apps'], resources: ['*/scale'] },
      scale,
      true,
    ],
    [
      'this name',
      {
        verbs: ['*'],
        apiGroups: ['apps'],
        resources: ['deployments'],
        resourceNames: ['odds-api'],
      },
      plain,
      true,
    ],
    [
      'another name',
      {
        verbs: ['*'],
        apiGroups: ['apps'],
        resources: ['deployments'],
        resourceNames: ['other'],
      },
      plain,
      false,
    ],
    [
      'one name, where all are asked for',
      {
        verbs: ['*'],
        apiGroups: ['apps'],
        resources: ['deployments'],
        resourceNames: ['odds-api'],
      },
      { ...plain, name: undefined },
      false,
    ],
    ['nothing', {}, plain, false],
  ])('judges a rule about %s', (_, rule, question, covered) => {
    expect(coversQuestion(rule, question)).toBe(covered);
  });
});
