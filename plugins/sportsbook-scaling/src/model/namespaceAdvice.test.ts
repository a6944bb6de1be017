import type { NamespaceChoices } from '@sportsbook/plugin-sportsbook-scaling-common';
import { isNewNamespace, namespaceProblem } from './namespaceAdvice';

const choices: NamespaceChoices = {
  existing: { status: 'listed', names: ['betting', 'team-a'] },
  allowed: ['betting', 'team-*'],
};
const creating = { ...choices, newNamePattern: 'team-[a-z]+' };
const unlisted: NamespaceChoices = {
  ...choices,
  existing: { status: 'forbidden', message: 'No.' },
};

describe('namespaceProblem', () => {
  it.each([
    ['one that is there', choices, 'betting', undefined],
    [
      'one that no rule allows',
      choices,
      'kube-system',
      "You may not create in namespace 'kube-system'. Allowed: betting, team-*.",
    ],
    [
      'one that is not there',
      choices,
      'team-b',
      "There is no namespace 'team-b' that you may use; there are betting, team-a.",
    ],
    ['a new one by the pattern', creating, 'team-b', undefined],
    [
      'a new one that is not',
      creating,
      'team-1',
      "There is no namespace 'team-1', and a new one must be named by the pattern team-[a-z]+.",
    ],
    [
      'any allowed one where none could be listed',
      unlisted,
      'team-9',
      undefined,
    ],
  ])('judges %s', (_, of, namespace, problem) => {
    expect(namespaceProblem(of, namespace)).toBe(problem);
  });

  it('names a few of many', () => {
    const names = Array.from({ length: 20 }, (_, index) => `team-${index}`);
    expect(
      namespaceProblem(
        { existing: { status: 'listed', names }, allowed: ['*'] },
        'other',
      ),
    ).toMatch(/team-7 and 12 more\.$/);
  });
});

it('knows a namespace that the template will make', () => {
  expect(isNewNamespace(creating, 'team-b')).toBe(true);
  expect(isNewNamespace(creating, 'team-a')).toBe(false);
  expect(isNewNamespace(choices, 'team-b')).toBe(false);
});
