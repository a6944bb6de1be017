import {
  FIELD_MANAGER,
  formatObjectRef,
  groupKindOf,
  KubernetesObject,
  objectRefOf,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import { previousManifest } from './previousManifest';

const LONGEST_CHARACTERS = 16_000;

/** No line of JSON is this. */
const END = 'END_OF_MANIFEST';

/**
 * The command that brings an object back to what it was before a run changed
 * it, to be run by people against the cluster. It holds the earlier values, so
 * that a Secret, and what is too long for a log, get a sentence instead.
 */
export function wayBack(
  before: KubernetesObject,
  after: KubernetesObject,
  options: { recreated?: boolean } = {},
): string {
  const name = formatObjectRef(objectRefOf(before));
  const byHand = `apply its earlier manifest again, from the repository's earlier commit, with: kubectl apply --server-side --field-manager=${FIELD_MANAGER} -f FILE`;
  if (groupKindOf(before) === '/Secret') {
    return `${name} was changed; its earlier values are not shown here. To bring it back, ${byHand}`;
  }
  const manifest = JSON.stringify(previousManifest(before, after));
  if (manifest.length > LONGEST_CHARACTERS) {
    return `${name} was changed; its earlier state is too long for a log. To bring it back, ${byHand}`;
  }
  return [
    options.recreated
      ? `${name} was deleted and created anew. To bring its earlier form back, delete it, then:`
      : `${name} was changed. To bring it back:`,
    `kubectl apply --server-side --field-manager=${FIELD_MANAGER} -f - <<'${END}'`,
    manifest,
    END,
  ].join('\n');
}
