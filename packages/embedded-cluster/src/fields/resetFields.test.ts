import { builtIn, thing } from './__testUtils__/types';
import { resetFieldsOf } from './resetFields';

function paths(
  type: Parameters<typeof resetFieldsOf>[0],
  subresource?: string,
): string[] {
  return [...resetFieldsOf(type, subresource).paths()].map(path =>
    path.map(element => element.slice(2)).join('.'),
  );
}

describe('resetFieldsOf', () => {
  it.each([
    ['Deployment', ['spec', 'metadata.labels']],
    ['ReplicaSet', ['spec']],
    ['Job', ['spec']],
    ['Pod', ['spec', 'metadata.deletionTimestamp', 'metadata.ownerReferences']],
    ['HorizontalPodAutoscaler', ['spec']],
    ['CustomResourceDefinition', ['spec']],
    ['APIService', ['metadata', 'spec']],
  ])('keeps the status of a %s from owning %j', (kind, expected) => {
    expect(paths(builtIn(kind), 'status')).toEqual(expected);
  });

  it('keeps the status of a definition’s kind from owning anything else', () => {
    expect(paths(thing({}), 'status')).toEqual(['metadata', 'spec']);
  });

  it('keeps the object itself from owning the status, if that is written elsewhere', () => {
    expect(paths(builtIn('Pod'))).toEqual(['status']);
    expect(paths(builtIn('ConfigMap'))).toEqual([]);
  });
});
