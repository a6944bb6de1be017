import type { Environment } from '@marcbachmann/cel-js';
import { goPattern } from '../../goPattern';
import { formatText } from './formatText';
import type { Refuse } from './Refuse';

/** What `strings` means in an expression. */
class StringsNamespace {}

/** What Kubernetes and the CEL library for text add to text. */
export function registerTextFunctions(
  environment: Environment,
  refuse: Refuse,
): void {
  const everyMatch = (text: string, pattern: string): string[] => {
    const { source, flags } = goPattern(pattern);
    return Array.from(
      text.matchAll(new RegExp(source, `g${flags}`)),
      m => m[0],
    );
  };
  const replace = (text: string, from: string, to: string, limit: number) => {
    const parts = text.split(from);
    const kept = limit < 0 ? parts.length : limit + 1;
    const rest = parts.slice(kept - 1).join(from);
    return [...parts.slice(0, kept - 1), rest].join(to);
  };
  environment
    .registerFunction(
      'string.charAt(int): string',
      (text: string, at: bigint) => {
        const letters = [...text];
        if (at < 0n || at > BigInt(letters.length)) {
          throw refuse(`index out of range: ${at}`);
        }
        return letters[Number(at)] ?? '';
      },
    )
    .registerFunction(
      'string.replace(string, string): string',
      (text: string, from: string, to: string) => replace(text, from, to, -1),
    )
    .registerFunction(
      'string.replace(string, string, int): string',
      (text: string, from: string, to: string, limit: bigint) =>
        replace(text, from, to, Number(limit)),
    )
    .registerFunction(
      'string.find(string): string',
      (text: string, pattern: string) => everyMatch(text, pattern)[0] ?? '',
    )
    .registerFunction('string.findAll(string): list<string>', everyMatch)
    .registerFunction(
      'string.findAll(string, int): list<string>',
      (text: string, pattern: string, limit: bigint) => {
        const found = everyMatch(text, pattern);
        return limit < 0n ? found : found.slice(0, Number(limit));
      },
    )
    .registerFunction(
      'string.format(list): string',
      (template: string, values: unknown[]) =>
        formatText(template, values, refuse),
    )
    .registerType('StringsNamespace', StringsNamespace)
    .registerConstant('strings', 'StringsNamespace', new StringsNamespace())
    .registerFunction(
      'StringsNamespace.quote(string): string',
      (_: StringsNamespace, text: string) => JSON.stringify(text),
    );
}
