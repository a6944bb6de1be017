import { podSpec, SERVER } from './pod.mjs';

export function deploymentOf({
  name,
  replicas = 1,
  script = SERVER,
  annotations,
}) {
  const labels = { app: name };
  const spec = podSpec(script);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels, annotations },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...spec,
          containers: [
            {
              ...spec.containers[0],
              readinessProbe: {
                httpGet: { path: '/', port: 'http' },
                periodSeconds: 1,
              },
            },
          ],
        },
      },
    },
  };
}
