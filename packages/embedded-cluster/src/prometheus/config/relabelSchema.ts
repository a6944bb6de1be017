import { z } from 'zod';
import { compileRe2 } from '../regex/compileRe2';
import { scalarText } from './scalarText';
import { messageOf } from '../../runtime/messageOf';

const ACTIONS = [
  'replace',
  'keep',
  'drop',
  'keepequal',
  'dropequal',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
] as const;

export type RelabelAction = (typeof ACTIONS)[number];

const NEEDS_TARGET: ReadonlySet<RelabelAction> = new Set([
  'replace',
  'hashmod',
  'lowercase',
  'uppercase',
  'keepequal',
  'dropequal',
]);

/** One entry of `relabel_configs` or `metric_relabel_configs`, with Prometheus' defaults. */
export const relabelSchema = z
  .strictObject({
    source_labels: z.array(z.string()).optional(),
    separator: scalarText.default(';'),
    regex: scalarText.default('(.*)'),
    modulus: z.number().int().min(0).default(0),
    target_label: z.string().default(''),
    replacement: scalarText.default('$1'),
    action: z
      .string()
      .transform(action => action.toLowerCase())
      .pipe(z.enum(ACTIONS))
      .default('replace'),
  })
  .check(({ value, issues }) => {
    const refuse = (message: string) =>
      issues.push({ code: 'custom', message, input: value });
    if (value.modulus === 0 && value.action === 'hashmod') {
      refuse('relabel configuration for hashmod requires non-zero modulus');
    }
    if (NEEDS_TARGET.has(value.action) && value.target_label === '') {
      refuse(
        `relabel configuration for ${value.action} action requires 'target_label' value`,
      );
    }
    try {
      compileRe2(value.regex);
    } catch (error) {
      refuse(messageOf(error));
    }
  });

export type RelabelRule = z.output<typeof relabelSchema>;
