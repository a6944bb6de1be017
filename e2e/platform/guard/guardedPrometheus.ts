import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { makeCertificates } from './certificates';

/** Name of the Prometheus object, and the label that its monitors need. */
export const GUARDED = 'guarded';

/** A way in: its Service, and what KEDA's TriggerAuthentication hands over. */
export interface WayIn {
  mode: 'bearer' | 'basic' | 'tls';
  address: string;
  parameters: Record<string, string>;
}

/**
 * A Prometheus of the operator that nobody reaches without credentials, for
 * the services of one namespace.
 */
export async function guardedPrometheus(places: {
  namespace: string;
  services: string;
}): Promise<{ objects: KubernetesObject[]; ways: WayIn[] }> {
  const { namespace, services } = places;
  const host = (mode: WayIn['mode']) => `${mode}.${namespace}.svc`;
  const { ca, server, client } = await makeCertificates(host('tls'));
  const known = {
    token: randomUUID(),
    username: 'keda',
    password: randomUUID(),
  };
  const metadata = { name: GUARDED, namespace };
  const selector = { matchLabels: { release: GUARDED } };
  const rbac = 'rbac.authorization.k8s.io';
  const role = { name: `${GUARDED}-prometheus`, namespace: services };
  const service = (mode: WayIn['mode'], port: number): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: mode, namespace },
    spec: { selector: { prometheus: GUARDED }, ports: [{ port }] },
  });
  return {
    objects: [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
      {
        apiVersion: `${rbac}/v1`,
        kind: 'Role',
        metadata: role,
        rules: [
          {
            apiGroups: [''],
            resources: ['services', 'pods'],
            verbs: ['list', 'watch'],
          },
          {
            apiGroups: ['discovery.k8s.io'],
            resources: ['endpointslices'],
            verbs: ['list', 'watch'],
          },
        ],
      },
      {
        apiVersion: `${rbac}/v1`,
        kind: 'RoleBinding',
        metadata: role,
        roleRef: { apiGroup: rbac, kind: 'Role', name: role.name },
        subjects: [{ kind: 'ServiceAccount', ...metadata }],
      },
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata,
        stringData: {
          ...known,
          'ca.crt': ca,
          'server.crt': server.cert,
          'server.key': server.key,
        },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata,
        data: {
          'guard.mjs': await readFile(join(__dirname, 'guard.mjs'), 'utf8'),
        },
      },
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'Prometheus',
        metadata,
        spec: {
          replicas: 1,
          version: '3.13.1',
          image: 'quay.io/prometheus/prometheus:v3.13.1',
          serviceAccountName: GUARDED,
          serviceDiscoveryRole: 'EndpointSlice',
          serviceMonitorSelector: selector,
          serviceMonitorNamespaceSelector: {
            matchLabels: { 'kubernetes.io/metadata.name': services },
          },
          resources: { requests: { cpu: '50m', memory: '128Mi' } },
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65534,
            fsGroup: 65534,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          volumes: [
            { name: 'guard', configMap: { name: GUARDED } },
            { name: 'credentials', secret: { secretName: GUARDED } },
          ],
          containers: [
            {
              name: 'guard',
              image: 'node:22-slim',
              command: ['node', '/guard/guard.mjs'],
              readinessProbe: {
                tcpSocket: { port: 9091 },
                periodSeconds: 2,
              },
              volumeMounts: [
                { name: 'guard', mountPath: '/guard' },
                { name: 'credentials', mountPath: '/credentials' },
              ],
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'] },
              },
            },
          ],
        },
      },
      service('bearer', 9091),
      service('basic', 9091),
      service('tls', 9443),
    ],
    ways: [
      {
        mode: 'bearer',
        address: `http://${host('bearer')}:9091`,
        parameters: { bearerToken: known.token },
      },
      {
        mode: 'basic',
        address: `http://${host('basic')}:9091`,
        parameters: { username: known.username, password: known.password },
      },
      {
        mode: 'tls',
        address: `https://${host('tls')}:9443`,
        parameters: { ca, cert: client.cert, key: client.key },
      },
    ],
  };
}
