import { podOf, SERVER } from '../manifests/pod.mjs';

/** Commands that look on while something happens. */
export const watching = {
  name: 'watching',
  steps: [
    { run: 'create configmap one' },
    { run: 'get configmap one -w', endAfterMs: 2_500 },
    { run: 'get configmap one --watch-only', endAfterMs: 2_500 },
    { run: 'get configmap one -w -o name', endAfterMs: 2_500 },
    { run: 'get configmap one -w --output-watch-events', endAfterMs: 2_500 },
    { run: 'events --watch', endAfterMs: 2_500 },
    { run: 'apply -f -', input: podOf({ name: 'server', script: SERVER }) },
    { run: 'wait pod/server --for=create --timeout=5s' },
    { run: 'wait pod -l app=server --for=condition=Ready --timeout=30s' },
    { run: 'logs -f server --tail=1', endAfterMs: 2_500 },
    { run: 'delete pod server --wait=false' },
    { run: 'wait pod/server --for=delete --timeout=20s', rewrite: gone() },
    { run: 'wait pod/server --for=delete --timeout=1s' },
    { run: 'wait pod/server --for=condition=Ready --timeout=1s' },
  ],
};

/** One pod goes before the command looks, another one after. */
function gone() {
  return [{ pattern: /^pod\/server condition met\n/, replacement: '' }];
}
