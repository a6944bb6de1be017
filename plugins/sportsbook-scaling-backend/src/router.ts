import { HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { EntitySnapshots } from './EntitySnapshots';

/** Serves the snapshot of an entity. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  snapshots: EntitySnapshots;
}): Router {
  const { httpAuth, snapshots } = options;
  const router = PromiseRouter();
  router.get(
    '/v1/entities/:kind/:namespace/:name/snapshot',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const { kind, namespace, name } = request.params;
      const snapshot = await snapshots.of(
        stringifyEntityRef({ kind, namespace, name }),
        credentials,
      );
      response.setHeader('Cache-Control', 'no-store').json(snapshot);
    },
  );
  return router;
}
