import { operatorManifests } from './operatorManifests';

const manifests = (scope: 'cluster' | 'namespace') =>
  operatorManifests({ namespace: 'ops', scope }, { version: '0.93.0' });

describe('operatorManifests', () => {
  it('asks for no right on everything, and for none to grant any', () => {
    for (const scope of ['cluster', 'namespace'] as const) {
      const text = JSON.stringify(manifests(scope));
      expect(text).not.toContain('"*"');
      expect(text).not.toMatch(/"(escalate|bind|impersonate)"/);
    }
  });

  it('makes nothing that is cluster-scoped for one namespace', () => {
    expect(manifests('namespace').map(({ kind }) => kind)).toEqual([
      'ServiceAccount',
      'Role',
      'RoleBinding',
      'Deployment',
    ]);
    expect(JSON.stringify(manifests('namespace'))).toContain(
      '"--namespaces=ops"',
    );
    expect(JSON.stringify(manifests('cluster'))).not.toContain('--namespaces');
  });

  it('fits into a namespace with pod security restricted', () => {
    const [deployment] = manifests('cluster').filter(
      ({ kind }) => kind === 'Deployment',
    );
    // https://kubernetes.io/docs/concepts/security/pod-security-standards/
    expect(deployment).toMatchObject({
      spec: {
        template: {
          spec: {
            securityContext: {
              runAsNonRoot: true,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [
              {
                securityContext: {
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ['ALL'] },
                },
              },
            ],
          },
        },
      },
    });
  });

  it('selects pods by labels that no upgrade changes', () => {
    const selectorOf = (version: string) =>
      JSON.stringify(
        operatorManifests({ namespace: 'ops', scope: 'cluster' }, { version })
          .filter(({ kind }) => kind === 'Deployment')
          .map(({ spec }) => (spec as { selector: unknown }).selector),
      );
    expect(selectorOf('0.94.0')).toBe(selectorOf('0.93.0'));
  });
});
