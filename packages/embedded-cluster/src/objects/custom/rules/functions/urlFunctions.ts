import type { Environment } from '@marcbachmann/cel-js';
import { KubernetesUrl } from './KubernetesUrl';
import type { Refuse } from './Refuse';

const TYPE = 'kubernetes.URL';

/** `url("https://…")` and its parts. */
export function registerUrlFunctions(
  environment: Environment,
  refuse: Refuse,
): void {
  const part = (name: string, read: (url: KubernetesUrl) => string) =>
    environment.registerFunction(`${TYPE}.${name}(): string`, read);
  environment
    .registerType(TYPE, KubernetesUrl)
    .registerFunction(
      'isURL(string): bool',
      (text: string) => KubernetesUrl.parse(text) !== undefined,
    )
    .registerFunction(`url(string): ${TYPE}`, (text: string) => {
      const url = KubernetesUrl.parse(text);
      if (url === undefined) {
        throw refuse(
          `URL parse error during conversion from string: parse ${JSON.stringify(
            text,
          )}: invalid URI for request`,
        );
      }
      return url;
    })
    .registerFunction(
      `${TYPE}.getQuery(): map<string, list<string>>`,
      ({ query }: KubernetesUrl) => query,
    );
  part('getScheme', ({ scheme }) => scheme);
  part('getHost', ({ host }) => host);
  part('getHostname', ({ hostname }) => hostname);
  part('getPort', ({ port }) => port);
  part('getEscapedPath', ({ escapedPath }) => escapedPath);
}
