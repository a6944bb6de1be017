import { StatusError } from '../../model/StatusError';
import { LabelSelectorReader } from './LabelSelectorReader';
import { ownMember } from '../../model/ownMember';

export type LabelPredicate = (
  labels: Readonly<Record<string, string>> | undefined,
) => boolean;

/**
 * The API's label selector: `app=a`, `app!=a`, `app in (a,b)`, `app notin (a)`,
 * `app`, `!app`, `size>3`, joined by commas. An empty one matches everything.
 *
 * @throws StatusError 400 for a selector that cannot be read
 */
export function parseLabelSelector(selector: string): LabelPredicate {
  const reader = new LabelSelectorReader(selector);
  const requirements: LabelPredicate[] = [];
  while (!reader.isDone()) {
    requirements.push(requirementOf(reader));
    reader.endRequirement();
  }
  return labels => requirements.every(matches => matches(labels));
}

function requirementOf(reader: LabelSelectorReader): LabelPredicate {
  if (reader.takeIf('!')) {
    const key = reader.key();
    return labels => ownMember(labels, key) === undefined;
  }
  const key = reader.key();
  const operator = reader.operator();
  switch (operator) {
    case undefined:
      return labels => ownMember(labels, key) !== undefined;
    case '=':
    case '==': {
      const value = reader.value(key);
      return labels => ownMember(labels, key) === value;
    }
    case '!=': {
      const value = reader.value(key);
      return labels => ownMember(labels, key) !== value;
    }
    case 'in': {
      const values = reader.values(key);
      return labels => values.has(ownMember(labels, key));
    }
    case 'notin': {
      const values = reader.values(key);
      return labels => !values.has(ownMember(labels, key));
    }
    case '<':
    case '>':
      return comparison(key, operator, reader.value(key));
    default:
      throw StatusError.badRequest(
        `unable to parse requirement: found '${operator}', expected: in, notin, =, ==, !=, gt, lt`,
      );
  }
}

/** Of labels that are whole numbers; all others are neither above nor below. */
function comparison(
  key: string,
  operator: '<' | '>',
  written: string,
): LabelPredicate {
  if (!/^-?\d+$/.test(written)) {
    throw StatusError.badRequest(
      `unable to parse requirement: values[0][${key}]: Invalid value: ${JSON.stringify(
        written,
      )}: for 'Gt', 'Lt' operators, the value must be an integer`,
    );
  }
  const bound = Number(written);
  return labels => {
    const value = ownMember(labels, key) ?? '';
    return (
      /^-?\d+$/.test(value) &&
      (operator === '>' ? Number(value) > bound : Number(value) < bound)
    );
  };
}
