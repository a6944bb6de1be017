/** A pod that runs one line of Node and ends at once when it is asked to. */
export function podOf({ name, script, labels = { app: name }, ...rest }) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: { ...podSpec(script), ...rest },
  };
}

export function podSpec(script) {
  return {
    terminationGracePeriodSeconds: 1,
    containers: [
      {
        name: 'main',
        image: 'node:22-slim',
        command: ['node', '-e', script],
        ports: [{ name: 'http', containerPort: 8080 }],
        resources: {
          requests: { cpu: '10m', memory: '32Mi' },
          limits: { memory: '128Mi' },
        },
      },
    ],
  };
}

/** Answers every request, and says once that it does. */
export const SERVER = [
  "process.on('SIGTERM', () => process.exit(0));",
  "require('http').createServer((request, response) => response.end('odds'))",
  ".listen(8080, () => console.log('listening'));",
].join('');
