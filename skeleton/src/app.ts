import express, { type Express } from 'express';
import { answerErrors, answerNotFound } from './answerErrors';
import { api, KNOWN_ROUTES } from './api';
import { closeConnectionsWhileDraining, type Lifecycle } from './lifecycle';
import { createMetrics } from './metrics';
import { operations } from './operations';
import { recordRequests } from './recordRequests';
import { recycleConnections } from './recycleConnections';

export interface AppOptions {
  lifecycle: Lifecycle;
  podName: string;
  /** Gets every error that is answered with a status of 500 or more. */
  onError: (error: unknown) => void;
}

/** Builds the service without listening. */
export function createApp({
  lifecycle,
  podName,
  onError,
}: AppOptions): Express {
  const metrics = createMetrics(KNOWN_ROUTES);
  const app = express();
  app.disable('x-powered-by');
  app.use(closeConnectionsWhileDraining(lifecycle));
  app.use(recycleConnections());
  app.use(operations(lifecycle, metrics));
  app.use(recordRequests(metrics));
  app.use(api(podName));
  app.use(answerNotFound);
  app.use(answerErrors(onError));
  return app;
}
