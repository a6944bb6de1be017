/** Who may do what. */
export const access = {
  name: 'access',
  steps: [
    { run: 'auth whoami', anywhere: true, rewrite: fingerprint() },
    { run: 'create serviceaccount deployer' },
    { run: 'get serviceaccounts' },
    { run: 'describe serviceaccount deployer' },
    {
      run: 'create role reader --verb=get,list,watch --resource=pods,deployments.apps',
    },
    { run: 'create role scaler --verb=update --resource=deployments/scale' },
    { run: 'get roles' },
    { run: 'describe role reader' },
    {
      run: 'create rolebinding readers --role=reader --serviceaccount={namespace}:deployer',
    },
    { run: 'get rolebindings -o wide' },
    { run: 'describe rolebinding readers' },
    { run: 'get role reader -o yaml' },
    { run: 'auth can-i delete pods' },
    {
      run: 'auth can-i list pods --as=system:serviceaccount:{namespace}:deployer',
    },
    {
      run: 'auth can-i delete pods --as=system:serviceaccount:{namespace}:deployer',
    },
    { run: 'auth can-i list nothings' },
    {
      run: 'auth can-i --list --as=system:serviceaccount:{namespace}:deployer',
      anyOrder: true,
    },
    { run: 'auth whoami --as=system:serviceaccount:{namespace}:deployer' },
    { run: 'auth whoami --as=jane --as-group=traders' },
    { run: 'get pods --as=system:serviceaccount:{namespace}:deployer' },
    { run: 'get secrets --as=system:serviceaccount:{namespace}:deployer' },
    {
      run: 'create configmap nope --as=system:serviceaccount:{namespace}:deployer',
    },
    {
      run: 'delete deployment odds --as=system:serviceaccount:{namespace}:deployer',
    },
    { run: 'create token deployer' },
    { run: 'create token deployer --duration=1s' },
    { run: 'create token absent' },
    { run: 'create clusterrole {namespace} --verb=get --resource=nodes' },
    {
      run: 'create clusterrolebinding {namespace} --clusterrole={namespace} --user=jane',
    },
    { run: 'describe clusterrolebinding {namespace}' },
    { run: 'auth can-i get nodes --as=jane' },
    { run: 'get nodes --as=john', anywhere: true },
    { run: 'describe clusterrole view', anyOrder: true },
    { run: 'create quota small --hard=pods=1' },
    { run: 'delete rolebinding readers' },
    {
      run: 'auth can-i list pods --as=system:serviceaccount:{namespace}:deployer',
    },
  ],
  leaves: ['clusterrolebinding {namespace}', 'clusterrole {namespace}'],
};

/** Which certificate it was differs, not that it was one. */
function fingerprint() {
  return [
    { pattern: /X509SHA256=[0-9a-f]+/, replacement: 'X509SHA256=<digest>' },
  ];
}
