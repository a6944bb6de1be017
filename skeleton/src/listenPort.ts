/** Where the Deployment's probes and the Service expect this service. */
export const DEFAULT_PORT = 8080;

/**
 * The port to listen on, from `PORT`.
 *
 * @throws Error when `PORT` is set to something else than a port number
 */
export function listenPort(
  environment: NodeJS.ProcessEnv = process.env,
): number {
  if (!environment.PORT) {
    return DEFAULT_PORT;
  }
  const port = Number(environment.PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(
      `PORT is '${environment.PORT}'; set it to a number from 0 to 65535, or leave it out for ${DEFAULT_PORT}`,
    );
  }
  return port;
}
