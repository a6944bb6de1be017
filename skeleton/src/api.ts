import { Router } from 'express';
import type { KnownRoute } from './metrics';

/** The route whose request rate scales this service. */
export const API_ROUTE = '/api';

/** Add each new route here as well, so that its series starts at zero. */
export const KNOWN_ROUTES: readonly KnownRoute[] = [
  { method: 'GET', uri: API_ROUTE },
];

/** What this service is for. Replace the greeting by your own routes. */
export function api(podName: string): Router {
  const router = Router();
  router.get(API_ROUTE, (_request, response) => {
    response.type('text').send(`Hello from ${podName}\n`);
  });
  return router;
}
