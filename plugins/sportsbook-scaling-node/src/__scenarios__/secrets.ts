import assert from 'node:assert/strict';
import { configMap, secret } from './objects';
import { Scenario } from './Scenario';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** What a plan shows of a change, and what it must not. */
export const secrets: Scenario[] = [
  {
    title: 'a difference shows that a secret value changes, and neither value',
    async run(context) {
      await context.apply([
        secret('feed', { token: 'of-yesterday', user: 'a' }),
      ]);
      const plan = await context.plan(
        [secret('feed', { token: 'of-today', user: 'a' })],
        { diff: true },
      );
      const text = JSON.stringify(plan);
      for (const value of ['of-yesterday', 'of-today']) {
        assert.ok(!text.includes(value), text);
        assert.ok(!text.includes(base64(value)), text);
      }
      const lines = plan.diffs.flatMap(diff => diff.lines);
      assert.ok(lines.some(line => line.startsWith('-') && /token/.test(line)));
      assert.ok(lines.some(line => line.startsWith('+') && /token/.test(line)));
      assert.ok(!lines.some(line => /^[+-]\s+user/.test(line)));
    },
  },
  {
    title: 'a difference of what is no secret shows both values',
    async run(context) {
      await context.apply([configMap('odds', { limit: '100' })]);
      const { diffs } = await context.plan(
        [configMap('odds', { limit: '200' })],
        { diff: true },
      );
      const lines = diffs.flatMap(diff => diff.lines).map(line => line.trim());
      assert.ok(lines.some(line => /^-.*limit: "?100"?/.test(line)));
      assert.ok(lines.some(line => /^\+.*limit: "?200"?/.test(line)));
    },
  },
];
