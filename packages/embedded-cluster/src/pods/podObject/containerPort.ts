import type { Container } from './containerSchema';

/** A container's port by its number or its name; undefined where no port has the name. */
export function containerPort(
  { ports }: Pick<Container, 'ports'>,
  port: number | string,
): number | undefined {
  return typeof port === 'number'
    ? port
    : ports.find(({ name }) => name === port)?.containerPort;
}
