import { deploymentOf } from '../manifests/deployment.mjs';

const odds = deploymentOf({ name: 'odds' });
const wide = 'get deployment,replicaset,pod -o wide';

/** A deployment from its first apply to its end. */
export const deployments = {
  name: 'deployments',
  steps: [
    { run: 'apply -f -', input: odds },
    {
      run: 'rollout status deployment/odds --timeout=40s',
      anyOrder: true,
      rewrite: progress(),
    },
    { run: 'wait deployment/odds --for=condition=Available --timeout=20s' },
    { run: 'get deployments', until: /1\/1/ },
    { run: wide, until: /1\/1/ },
    { run: 'get deployment odds -o yaml' },
    { run: 'get replicaset -o json' },
    { run: 'describe deployment odds' },
    { run: 'describe replicaset -l app=odds' },
    { run: 'rollout history deployment/odds' },
    { run: 'diff -f -', input: odds },
    { run: 'set env deployment/odds MARGIN=5' },
    { run: 'rollout status deployment/odds --timeout=40s', setup: true },
    {
      run: 'get replicaset',
      until: /(0 +0 +0 +[\s\S]*1 +1 +1|1 +1 +1 +[\s\S]*0 +0 +0)/,
      anyOrder: true,
    },
    { run: 'rollout history deployment/odds' },
    { run: 'rollout history deployment/odds --revision=2' },
    { run: 'rollout undo deployment/odds' },
    { run: 'rollout status deployment/odds --timeout=40s', setup: true },
    { run: 'rollout history deployment/odds' },
    { run: 'rollout undo deployment/odds --to-revision=17' },
    { run: 'rollout restart deployment/odds' },
    { run: 'rollout status deployment/odds --timeout=40s', setup: true },
    { run: 'get pods', until: /^[^\n]*\n[^\n]*1\/1 +Running[^\n]*\n$/ },
    { run: 'scale deployment/odds --replicas=2' },
    { run: 'get deployment odds', until: /2\/2/ },
    { run: 'scale deployment/odds --replicas=0 --current-replicas=5' },
    { run: 'scale deployment/odds --replicas=0' },
    { run: 'get pods', until: /No resources/ },
    { run: 'rollout pause deployment/odds' },
    { run: 'rollout pause deployment/odds' },
    { run: 'set image deployment/odds main=node:22' },
    { run: 'rollout resume deployment/odds' },
    {
      run: 'describe deployment odds',
      until: /NewReplicaSetAvailable/,
      anyOrder: true,
    },
    { run: 'set image deployment/odds absent=node:22' },
    { run: 'delete deployment odds --cascade=orphan' },
    { run: 'get replicaset', until: /odds/, anyOrder: true },
    { run: 'delete replicaset -l app=odds', anyOrder: true },
    { run: 'rollout status deployment/odds' },
  ],
};

/** How often it says that it waits depends on how fast the pods are. */
function progress() {
  return [{ pattern: /^Waiting for .*\n/gm, replacement: '' }];
}
