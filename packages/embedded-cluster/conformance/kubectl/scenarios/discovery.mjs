/** What is served, as kubectl tells it. */
export const discovery = {
  name: 'discovery',
  steps: [
    { run: 'version' },
    { run: 'api-resources --api-group= -o wide' },
    { run: 'api-resources --api-group=apps' },
    { run: 'api-resources --api-group=autoscaling -o wide' },
    { run: 'api-resources --api-group=batch' },
    { run: 'api-resources --api-group=keda.sh -o wide' },
    { run: 'api-resources --api-group=rbac.authorization.k8s.io -o name' },
    { run: 'api-resources --api-group=absent.example.com' },
    { run: 'api-versions' },
    { run: 'explain configmap' },
    { run: 'explain deployment.spec.strategy' },
    { run: 'explain pod.spec.containers.readinessProbe --recursive' },
    { run: 'explain hpa.spec --api-version=autoscaling/v2' },
    { run: 'explain scaledobject.spec.triggers' },
    { run: 'explain deployment.spec.absent' },
    { run: 'explain nothings' },
    { run: 'get nothings' },
    { run: 'get deployments.v2.apps' },
    { run: 'get --raw /readyz', anywhere: true },
    { run: 'get --raw /livez/ping', anywhere: true },
    { run: 'get --raw /apis/apps', anywhere: true },
    { run: 'get --raw /apis/absent.example.com', anywhere: true },
    { run: 'get --raw /absent', anywhere: true },
    {
      run: 'get deploy,rs,svc,cm,hpa,sa,ep,ev,po,jobs,pdb,so -o name',
      rewrite: events(),
    },
    { run: 'get all' },
  ],
};

/** Deprecated kinds are warned about once for each request. */
function events() {
  return [{ pattern: /^event\/.*\n/gm, replacement: '' }];
}
