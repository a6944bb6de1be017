import { deploymentOf } from '../manifests/deployment.mjs';

const deployment = deploymentOf({ name: 'odds', replicas: 0 });
const scaled = { ...deployment, spec: { ...deployment.spec, replicas: 1 } };
const onlyReplicas = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'odds' },
  spec: { replicas: 0 },
};

/** Who owns which field. */
export const serverSideApply = {
  name: 'server-side-apply',
  steps: [
    { run: 'apply --server-side -f - --dry-run=server', input: deployment },
    { run: 'apply --server-side -f -', input: deployment },
    { run: 'get deployment odds', until: /0\/0/ },
    {
      run: 'get deployment odds -o yaml --show-managed-fields',
      until: /ReplicaSet/,
    },
    { run: 'apply --server-side -f - --field-manager=other', input: scaled },
    {
      run: 'apply --server-side -f - --field-manager=other',
      input: onlyReplicas,
    },
    {
      run: 'apply --server-side -f - --field-manager=other --force-conflicts',
      input: { ...onlyReplicas, spec: { replicas: 0, paused: true } },
    },
    { run: 'diff --server-side -f -', input: scaled },
    { run: 'diff --server-side -f - --force-conflicts', input: scaled },
    {
      run: 'apply --server-side -f -',
      input: { ...deployment, spec: { ...deployment.spec, replicaz: 1 } },
    },
    {
      run: 'apply --server-side -f -',
      input: { ...deployment, spec: { ...deployment.spec, replicas: 'one' } },
    },
    {
      run: 'apply --server-side -f - --validate=warn',
      input: { ...deployment, spec: { ...deployment.spec, replicaz: 1 } },
    },
    // Entries of managedFields stand in the order of their times.
    {
      run: 'get deployment odds -o jsonpath={.metadata.generation}={.status.observedGeneration}',
      until: /^(\d+)=\1$/,
    },
    { run: 'apply -f -', input: deployment },
    { run: 'get deployment odds -o json --show-managed-fields' },
    { run: 'delete -f -', input: deployment },
  ],
};
