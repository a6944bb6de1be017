import type { FieldErrors } from '../validating/FieldErrors';
import { dnsLabel } from '../validating/names';
import type { VolumeFields } from './podTemplate';
import { validateFilePath } from './validateLocalPath';

/** @returns the volumes' names */
export function validateVolumes(
  volumes: readonly VolumeFields[],
  field: string,
  errors: FieldErrors,
): Set<string> {
  const names = new Set<string>();
  volumes.forEach((volume, index) => {
    const at = `${field}[${index}]`;
    const { name = '' } = volume;
    const before = errors.causes.length;
    validateSource(volume, at, errors);
    if (name === '') {
      errors.required(`${at}.name`);
      return;
    }
    for (const problem of dnsLabel(name)) {
      errors.invalid(`${at}.name`, name, problem);
    }
    if (names.has(name)) {
      errors.duplicate(`${at}.name`, name);
    }
    if (errors.causes.length === before) {
      names.add(name);
    }
  });
  return names;
}

function validateSource(
  volume: VolumeFields,
  field: string,
  errors: FieldErrors,
): void {
  const [, ...more] = Object.keys(volume)
    .filter(name => name !== 'name')
    .sort(bySourceOrder);
  for (const name of more) {
    errors.forbidden(
      `${field}.${name}`,
      'may not specify more than 1 volume type',
    );
  }
  if (more.length > 0) {
    return;
  }
  if (volume.configMap && !volume.configMap.name) {
    errors.required(`${field}.configMap.name`);
  }
  if (volume.secret && !volume.secret.secretName) {
    errors.required(`${field}.secret.secretName`);
  }
  if (volume.hostPath && !volume.hostPath.path) {
    errors.required(`${field}.hostPath.path`);
  }
  validatePaths(volume, field, errors);
}

function validatePaths(
  { configMap, secret, downwardAPI, projected }: VolumeFields,
  field: string,
  errors: FieldErrors,
): void {
  const sources = [
    { at: field, configMap, secret, downwardAPI },
    ...(projected?.sources ?? []).map((source, index) => ({
      at: `${field}.projected.sources[${index}]`,
      ...source,
    })),
  ];
  for (const source of sources) {
    for (const kind of ['secret', 'configMap'] as const) {
      source[kind]?.items?.forEach(({ path = '' }, index) =>
        validateFilePath(
          path,
          `${source.at}.${kind}.items[${index}].path`,
          errors,
        ),
      );
    }
    for (const { path = '' } of source.downwardAPI?.items ?? []) {
      // The server itself does not say which one.
      validateFilePath(path, `${source.at}.downwardAPI.path`, errors);
    }
  }
  for (const { serviceAccountToken } of projected?.sources ?? []) {
    if (serviceAccountToken) {
      const { path = '' } = serviceAccountToken;
      validateFilePath(path, `${field}.projected.path`, errors);
    }
  }
}

/** In which the server looks at them; the others come in any order. */
const ORDER = ['emptyDir', 'hostPath', 'secret', 'downwardAPI', 'configMap'];

function bySourceOrder(left: string, right: string): number {
  const rank = (name: string) =>
    ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length;
  return rank(left) - rank(right);
}
