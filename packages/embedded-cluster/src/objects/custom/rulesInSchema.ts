import { isRecord } from '../../model/jsonRecord';
/**
 * Looks for rules in a schema as the definition writes it: the schemas of some
 * definitions are large, and few of their nodes are ever needed as more than
 * that.
 */
const RULES = 'x-kubernetes-validations';

const known = new WeakMap<object, boolean>();

/** Whether the node, or anything in it, has rules. */
export function hasRules(node: object): boolean {
  let found = known.get(node);
  if (found === undefined) {
    found = RULES in node || childrenOf(node).some(hasRules);
    known.set(node, found);
  }
  return found;
}

function childrenOf(node: object): object[] {
  const { properties, items, additionalProperties } = node as Record<
    string,
    unknown
  >;
  return [
    ...(isRecord(properties) ? Object.values(properties) : []),
    items,
    additionalProperties,
  ].filter(isRecord);
}
