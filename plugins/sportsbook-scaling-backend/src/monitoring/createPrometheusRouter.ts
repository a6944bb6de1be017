import {
  HttpAuthService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  KUBERNETES_TOKEN_HEADER,
  NAMESPACE_PATTERN,
  SERVICE_NAME_PATTERN,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { readChoiceUser } from '../choices/ChoiceUser';
import { PrometheusServers } from './PrometheusServers';

const querySchema = z.object({
  namespace: z.string().max(63).regex(NAMESPACE_PATTERN, 'must be a namespace'),
  service: z
    .string()
    .max(63)
    .regex(SERVICE_NAME_PATTERN, 'must be the name of a service')
    .optional(),
  template: z
    .string()
    .regex(/^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/, 'must be a whole entity ref')
    .optional(),
});

/** Serves which Prometheus servers of a cluster would scrape a service; only users ask. */
export function createPrometheusRouter(options: {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  servers: PrometheusServers;
}): Router {
  const { httpAuth, permissions, userInfo, servers } = options;
  const router = PromiseRouter();
  router.get(
    '/v1/clusters/:cluster/prometheus-servers',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      const query = querySchema.safeParse(request.query);
      if (!query.success) {
        throw new InputError(
          query.error.issues
            .map(({ path, message }) => `${path.join('.')}: ${message}`)
            .join('; '),
        );
      }
      const { namespace, service, template } = query.data;
      const answer = await servers.of({
        user: await readChoiceUser({ credentials, permissions, userInfo }),
        templateRef: template,
        cluster: request.params.cluster,
        namespace,
        service,
        userToken: request.get(KUBERNETES_TOKEN_HEADER),
      });
      response.setHeader('Cache-Control', 'no-store').json(answer);
    },
  );
  return router;
}
