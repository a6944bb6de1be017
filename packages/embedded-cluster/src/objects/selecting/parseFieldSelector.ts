import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import { hasFieldsOfItsOwn, selectableField } from './selectableFields';

export type ObjectPredicate = (object: KubernetesObject) => boolean;

const REQUIREMENT = /^(.*?)(==|!=|=)(.*)$/s;

/**
 * The API's field selector: `status.phase=Running,spec.nodeName!=a`.
 *
 * @throws StatusError 400 where it cannot be read, or the kind cannot be
 * selected by the field
 */
export function parseFieldSelector(
  type: ResourceType,
  selector: string,
): ObjectPredicate {
  const requirements = termsOf(selector).map(term => {
    const match = REQUIREMENT.exec(term);
    if (!match) {
      throw StatusError.badRequest(
        `invalid selector: '${selector}'; can't understand '${term}'`,
      );
    }
    const [, path, operator, escaped] = match;
    const read = selectableField(type, path);
    if (!read) {
      throw StatusError.badRequest(
        type.custom || hasFieldsOfItsOwn(type)
          ? `field label not supported: ${path}`
          : `"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
      );
    }
    const wanted = escaped.replace(/\\([\\,=])/g, '$1');
    return operator === '!='
      ? (object: KubernetesObject) => read(object) !== wanted
      : (object: KubernetesObject) => read(object) === wanted;
  });
  return object => requirements.every(matches => matches(object));
}

/** At commas that no backslash protects. */
function termsOf(selector: string): string[] {
  return (selector.match(/(?:\\.|[^,\\])+/gs) ?? []).filter(
    term => term.trim() !== '',
  );
}
