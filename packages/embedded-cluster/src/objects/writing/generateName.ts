import { randomInt } from 'node:crypto';
import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';

/** No vowels, so that no words come out. */
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const RANDOM_LETTERS = 5;
const LONGEST_GENERATED_START = 63 - RANDOM_LETTERS;

/** Completes `generateName` where no name is given. */
export function generateName(metadata: KubernetesObject['metadata']): void {
  if (
    (metadata.name === undefined || metadata.name === '') &&
    typeof metadata.generateName === 'string' &&
    metadata.generateName !== ''
  ) {
    metadata.name = `${metadata.generateName.slice(
      0,
      LONGEST_GENERATED_START,
    )}${randomLetters()}`;
  }
}

export function randomLetters(): string {
  return Array.from(
    { length: RANDOM_LETTERS },
    () => NAME_LETTERS[randomInt(NAME_LETTERS.length)],
  ).join('');
}
