/** Namespaces from their making to their end. */
export const namespaces = {
  name: 'namespaces',
  steps: [
    { run: 'create namespace {namespace}-a', anywhere: true },
    { run: 'create namespace {namespace}-a', anywhere: true },
    { run: 'create namespace Not_A_Name', anywhere: true },
    { run: 'get namespace {namespace}-a', anywhere: true },
    { run: 'get namespace {namespace}-a -o yaml', anywhere: true },
    { run: 'describe namespace {namespace}-a', anywhere: true },
    {
      run: 'get configmap,serviceaccount --namespace {namespace}-a',
      anywhere: true,
      until: /default[\s\S]*/,
    },
    {
      run: 'describe configmap kube-root-ca.crt --namespace {namespace}-a',
      anywhere: true,
      rewrite: certificate(),
    },
    { run: 'create configmap one --namespace {namespace}-a', anywhere: true },
    { run: 'get configmap --namespace {namespace}-a -o name', anywhere: true },
    { run: 'label namespace {namespace}-a team=trading', anywhere: true },
    {
      run: 'get namespace -l team=trading --field-selector=metadata.name={namespace}-a',
      anywhere: true,
    },
    {
      run: 'create configmap one --namespace {namespace}-absent',
      anywhere: true,
    },
    { run: 'get configmap one --namespace {namespace}-absent', anywhere: true },
    { run: 'get pods --namespace {namespace}-absent', anywhere: true },
    {
      run: 'delete namespace {namespace}-a --wait --timeout=40s',
      anywhere: true,
    },
    { run: 'get namespace {namespace}-a', anywhere: true },
    { run: 'delete namespace kube-system --dry-run=server', anywhere: true },
    { run: 'delete namespace default --dry-run=server', anywhere: true },
  ],
  leaves: ['namespace {namespace}-a'],
};

function certificate() {
  return [
    {
      pattern: /-----BEGIN[\s\S]*-----END CERTIFICATE-----\n/,
      replacement: '<certificate>',
    },
  ];
}
