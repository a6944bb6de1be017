import { Router } from 'express';
import type { Lifecycle } from './lifecycle';
import type { Metrics } from './metrics';

/** Routes for the platform, not for customers: they must not count as load. */
export function operations(
  lifecycle: Lifecycle,
  { registry }: Metrics,
): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.type('text').send('ok\n');
  });
  router.get('/readyz', (_request, response) => {
    if (lifecycle.isDraining()) {
      response.status(503).type('text').send('shutting down\n');
    } else {
      response.type('text').send('ready\n');
    }
  });
  router.get('/metrics', async (_request, response) => {
    response.set('Content-Type', registry.contentType);
    response.send(await registry.metrics());
  });
  return router;
}
