import type { LabelSelector } from '../../model/labels';
import { matchesSelector } from '../../model/labels';
import type { FieldErrors } from '../validating/FieldErrors';
import { qualifiedName } from '../validating/names';
import { validateLabels } from '../validating/validateMetadata';
import type { PodTemplateFields } from './podTemplate';
import { sortedMap } from './sortedMap';

const OPERATORS: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** @returns whether the selector can be used */
export function validateSelector(
  selector: LabelSelector,
  field: string,
  errors: FieldErrors,
): boolean {
  const before = errors.causes.length;
  validateLabels(selector.matchLabels, `${field}.matchLabels`, errors);
  (selector.matchExpressions ?? []).forEach((expression, index) => {
    const at = `${field}.matchExpressions[${index}]`;
    const { key, operator, values = [] } = expression;
    for (const problem of qualifiedName(key ?? '')) {
      errors.invalid(`${at}.key`, key ?? '', problem);
    }
    if (!OPERATORS.includes(operator)) {
      errors.invalid(
        `${at}.operator`,
        operator ?? '',
        'not a valid selector operator',
      );
    } else if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) {
        errors.required(
          `${at}.values`,
          "must be specified when `operator` is 'In' or 'NotIn'",
        );
      }
    } else if (values.length > 0) {
      errors.forbidden(
        `${at}.values`,
        "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      );
    }
  });
  return errors.causes.length === before;
}

/** A workload's selector, which selects the pods of its template. */
export function validateTemplateSelector(
  owner: string,
  {
    selector,
    template,
  }: { selector?: LabelSelector; template?: PodTemplateFields },
  errors: FieldErrors,
): void {
  let usable = true;
  if (!selector) {
    errors.required('spec.selector');
  } else {
    usable = validateSelector(selector, 'spec.selector', errors);
    if (
      Object.keys(selector.matchLabels ?? {}).length === 0 &&
      (selector.matchExpressions ?? []).length === 0
    ) {
      errors.invalid(
        'spec.selector',
        {},
        `empty selector is invalid for ${owner}`,
      );
      return;
    }
    if (!usable) {
      errors.invalid('spec.selector', selector, 'invalid label selector');
      return;
    }
  }
  validateTemplateLabels({ selector, template }, errors);
}

export function validateTemplateLabels(
  {
    selector,
    template,
  }: { selector?: LabelSelector; template?: PodTemplateFields },
  errors: FieldErrors,
): void {
  const labels = template?.metadata?.labels;
  if (!matchesSelector(labels, selector)) {
    errors.invalid(
      'spec.template.metadata.labels',
      sortedMap(labels),
      '`selector` does not match template `labels`',
    );
  }
}
