const REQUEST_URI =
  /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?]*))?([^?]*)(?:\?([^]*))?$/;
/** What is in no host. */
const NO_HOST = /[\s"<>\\^`{|}]/;
const CONTROL = /\p{Cc}/u;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;

/** A URL as rules know it: an absolute one, or an absolute path. */
export class KubernetesUrl {
  private constructor(
    readonly scheme: string,
    readonly host: string,
    readonly escapedPath: string,
    readonly query: Readonly<Record<string, string[]>>,
  ) {}

  /** @returns undefined where the text is none */
  static parse(text: string): KubernetesUrl | undefined {
    const match = REQUEST_URI.exec(text);
    if (!match || CONTROL.test(text)) {
      return undefined;
    }
    const [, scheme = '', authority = '', path = '', query = ''] = match;
    const host = authority.slice(authority.lastIndexOf('@') + 1);
    if (
      (scheme === '' && !text.startsWith('/')) ||
      NO_HOST.test(host) ||
      BAD_ESCAPE.test(path) ||
      !/^(?:\[[0-9A-Fa-f:.%]+\]|[^:[\]]*)(?::\d*)?$/.test(host)
    ) {
      return undefined;
    }
    return new KubernetesUrl(
      scheme.toLowerCase(),
      host,
      escaped(path),
      parametersOf(query),
    );
  }

  get hostname(): string {
    return this.host.replace(/:\d*$/, '').replace(/^\[|\]$/g, '');
  }

  get port(): string {
    return /:(\d*)$/.exec(this.host.replace(/^\[.*\]/, ''))?.[1] ?? '';
  }
}

function escaped(path: string): string {
  return path.replace(/[^\x21-\x7e]+|["<>\\^`{|}]/g, part =>
    encodeURIComponent(part),
  );
}

function parametersOf(query: string): Record<string, string[]> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map(name => [
      name,
      [...parameters.getAll(name)],
    ]),
  );
}
