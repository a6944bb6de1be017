const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED})?`;

const whole = (pattern: string) => new RegExp(`^${pattern}$`);
const subdomainPattern = whole(SUBDOMAIN);
const labelPattern = whole(LABEL);
const label1035Pattern = whole(LABEL_1035);
const qualifiedPattern = whole(QUALIFIED);
const labelValuePattern = whole(LABEL_VALUE);
const environmentPattern = /^[ -<>-~]+$/;
const portNamePattern = /^[-a-z0-9]+$/;

/** A check of a name. @returns what is wrong with it, in the API server's words */
export type NameRule = (name: string) => string[];

function regexError(what: string, pattern: string, ...examples: string[]) {
  return `${what} (e.g. ${examples
    .map(example => `'${example}'`)
    .join(',  or ')}, regex used for validation is '${pattern}')`;
}

function maxLength(limit: number): string {
  return `must be no more than ${limit} bytes`;
}

function check(
  name: string,
  limit: number,
  pattern: RegExp,
  message: string,
): string[] {
  const found: string[] = [];
  if (name.length > limit) {
    found.push(maxLength(limit));
  }
  if (!pattern.test(name)) {
    found.push(message);
  }
  return found;
}

export const dnsSubdomain: NameRule = name =>
  check(
    name,
    253,
    subdomainPattern,
    regexError(
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
      SUBDOMAIN,
      'example.com',
    ),
  );

export const dnsLabel: NameRule = name =>
  check(
    name,
    63,
    labelPattern,
    regexError(
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
      LABEL,
      'my-name',
      '123-abc',
    ),
  );

export const dns1035Label: NameRule = name =>
  check(
    name,
    63,
    label1035Pattern,
    regexError(
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
      LABEL_1035,
      'my-name',
      'abc-123',
    ),
  );

/** Names of roles and bindings may hold what is no part of a path. */
export const pathSegment: NameRule = name => {
  if (name === '.' || name === '..') {
    return [`may not be '${name}'`];
  }
  return ['/', '%']
    .filter(part => name.includes(part))
    .map(part => `may not contain '${part}'`);
};

export const qualifiedName: NameRule = value => {
  const parts = value.split('/');
  const format = regexError(
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
    QUALIFIED,
    'MyName',
    'my.name',
    '123-abc',
  );
  const found: string[] = [];
  let name = value;
  if (parts.length === 2) {
    const [prefix, last] = parts;
    name = last;
    if (prefix === '') {
      found.push('prefix part must be non-empty');
    } else {
      found.push(...dnsSubdomain(prefix).map(one => `prefix part ${one}`));
    }
  } else if (parts.length > 2) {
    return [
      `a qualified name ${format.replace(
        /\)$/,
        '',
      )}) with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  if (name === '') {
    found.push('name part must be non-empty');
  } else if (name.length > 63) {
    found.push(`name part ${maxLength(63)}`);
  }
  if (!qualifiedPattern.test(name)) {
    found.push(`name part ${format}`);
  }
  return found;
};

export const labelKey: NameRule = value =>
  qualifiedName(value).map(problem =>
    problem.replace(/^a qualified name/, 'a valid label key'),
  );

export const labelValue: NameRule = value =>
  check(
    value,
    63,
    labelValuePattern,
    regexError(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      LABEL_VALUE,
      'MyValue',
      'my_value',
      '12345',
    ),
  );

export const environmentName: NameRule = value => {
  const found: string[] = [];
  if (!environmentPattern.test(value)) {
    found.push(
      "a valid environment variable name must consist only of printable ASCII characters other than '='",
    );
  }
  return found;
};

export const portName: NameRule = value => {
  const found: string[] = [];
  if (value.length > 15) {
    found.push('must be no more than 15 characters');
  }
  if (!portNamePattern.test(value)) {
    found.push(
      'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    );
  }
  if (!/[a-z]/.test(value)) {
    found.push('must contain at least one letter (a-z)');
  }
  if (value.includes('--')) {
    found.push('must not contain consecutive hyphens');
  }
  if (value.startsWith('-') || value.endsWith('-')) {
    found.push('must not begin or end with a hyphen');
  }
  return found;
};

const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const configKeyPattern = whole(CONFIG_KEY);

/** A key of a ConfigMap or Secret. */
export const configKey: NameRule = value => {
  const found = check(
    value,
    253,
    configKeyPattern,
    regexError(
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
      CONFIG_KEY,
      'key.name',
      'KEY_NAME',
      'key-name',
    ),
  );
  if (value === '.') {
    found.push("must not be '.'");
  } else if (value === '..') {
    found.push("must not be '..'");
  } else if (value.startsWith('..')) {
    found.push("must not start with '..'");
  }
  return found;
};

export const portNumber = (port: number): string[] =>
  Number.isInteger(port) && port >= 1 && port <= 65535
    ? []
    : ['must be between 1 and 65535, inclusive'];
