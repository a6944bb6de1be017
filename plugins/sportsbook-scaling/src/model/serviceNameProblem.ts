import {
  longestServiceName,
  Monitoring,
  SERVICE_NAME_PATTERN,
} from '@sportsbook/plugin-sportsbook-scaling-common';

/** Which characters a service name may have, in words. */
export const SERVICE_NAME_RULE =
  'Lower-case letters, digits and dashes; begins with a letter, does not end with a dash.';

/**
 * What keeps `name` from being a service name, as a sentence; undefined where
 * nothing does. An empty name has no problem: whether it is required is the
 * form's own business.
 */
export function serviceNameProblem(
  name: string,
  monitoring: Monitoring,
): string | undefined {
  if (name === '') {
    return undefined;
  }
  const longest = longestServiceName(monitoring);
  if (name.length > longest) {
    return monitoring === 'own'
      ? `At most ${longest} characters with a Prometheus of its own, whose name is longer than the service's.`
      : `At most ${longest} characters.`;
  }
  if (SERVICE_NAME_PATTERN.test(name)) {
    return undefined;
  }
  const foreign = /[^-a-z0-9]/u.exec(name)?.[0];
  if (foreign !== undefined) {
    const seen = foreign === ' ' ? 'A space' : `'${foreign}'`;
    return `${seen} is not possible: only lower-case letters, digits and dashes are.`;
  }
  return /^[a-z]/.test(name)
    ? 'Must not end with a dash.'
    : 'Must begin with a letter.';
}
