import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '../../auth';
import { systemClock } from '../../model/Clock';
import { openClusterObjects } from '../../objects';
import type { AccessRequest } from '../../ports/Authorizer';
import type { LogRequest } from '../../ports/PodLogs';
import { recordedOpenApi, recordedVersion, reviewTypes } from '../../schema';
import type { ApiServices } from '../ApiServerOptions';
import { createApiServer } from '../createApiServer';
import { ApiClient } from './ApiClient';
import { FakeNetwork } from './FakeNetwork';
import { ManualClock } from '../../__testUtils__/ManualClock';

/** What the fake authorizer refuses: `<user> <verb> <resource or path>`. */
export type Refused = Set<string>;

/**
 * The API on a free port over real objects in a folder of its own. Whoever
 * sends `Authorization: Bearer <name>` is `<name>`; others are who their
 * certificate says.
 */
export async function startTestApi(services: Partial<ApiServices> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'embedded-api-'));
  const clock = new ManualClock();
  const network = new FakeNetwork();
  const refused: Refused = new Set();
  const asked: AccessRequest[] = [];
  const logged: string[] = [];
  const logRequests: LogRequest[] = [];
  const authority = await createAuthority({ directory, clock: systemClock });
  const objects = await openClusterObjects({ directory, clock });
  const [selfReview] = reviewTypes().filter(
    ({ kind }) => kind === 'SelfSubjectAccessReview',
  );

  const server = await createApiServer({
    objects,
    authenticate: ({ certificate, headers }) => ({
      username:
        /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ??
        certificate?.commonName ??
        'system:anonymous',
      groups: certificate?.organizations ?? [],
    }),
    authorizer: {
      authorize(request) {
        asked.push(request);
        const { user, verb, resource, subresource, path } = request;
        const what =
          resource === undefined
            ? path
            : [resource, subresource].filter(Boolean).join('/');
        return {
          allowed: !refused.has(`${user.username} ${verb} ${what}`),
          reason: '',
        };
      },
    },
    virtualResources: [
      {
        type: selfReview,
        create: async (object, { user }) => ({
          ...object,
          status: { allowed: true, reason: `${user.username} may` },
        }),
      },
    ],
    aggregatedApis: [
      {
        group: 'external.metrics.k8s.io',
        version: 'v1beta1',
        resources: () => [
          {
            name: 'externalmetrics',
            singularName: '',
            namespaced: true,
            kind: 'ExternalMetricValueList',
            verbs: ['get'],
          },
        ],
        get: async (path, query) => ({
          kind: 'ExternalMetricValueList',
          path,
          selector: query.get('labelSelector'),
        }),
      },
    ],
    network,
    podLogs: {
      async *read(request) {
        logRequests.push(request);
        yield 'one\n';
        yield 'two\n';
      },
    },
    printTable: (type, items) => ({
      columnDefinitions: [
        {
          name: 'Name',
          type: 'string',
          format: 'name',
          description: type.kind,
          priority: 0,
        },
      ],
      rows: items.map(({ metadata }) => ({ cells: [metadata.name] })),
    }),
    issueToken: async ({ serviceAccount, expirationSeconds }) => ({
      token: `token-of-${serviceAccount}-for-${expirationSeconds}`,
      expirationTimestamp: '2026-11-24T11:00:00Z',
    }),
    openapi: recordedOpenApi(),
    version: recordedVersion(),
    clock,
    log: line => logged.push(line),
    tls: {
      key: authority.server.key,
      cert: authority.server.certificate,
      ca: authority.caCertificate,
    },
    port: 0,
    ...services,
  });

  const client = new ApiClient({
    port: server.port,
    ca: authority.caCertificate,
    cert: authority.admin.certificate,
    key: authority.admin.key,
  });

  return {
    server,
    client,
    authority,
    objects,
    clock,
    network,
    refused,
    asked,
    logged,
    logRequests,
    close: async () => {
      client.close();
      await server.close();
      objects.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type TestApi = Awaited<ReturnType<typeof startTestApi>>;
