import { formatFieldConflicts } from './FieldConflict';

describe('formatFieldConflicts', () => {
  it('names each manager once, with all of its fields', () => {
    expect(
      formatFieldConflicts([
        { manager: 'kubectl', field: '.spec.paused' },
        { manager: 'kube-controller-manager', field: '.spec.replicas' },
        { manager: 'kubectl', field: '.spec.strategy' },
      ]),
    ).toBe(
      '.spec.paused, .spec.strategy belong to kubectl; .spec.replicas belongs to kube-controller-manager',
    );
  });
});
