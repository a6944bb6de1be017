import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../setup/SetupError.mjs';
import { mergeConfig } from './mergeConfig.mjs';

/**
 * Does what a step of the guide says, as a reader would.
 *
 * @param step one of what `readGuide` returned
 * @param options.app folder of the Backstage
 * @param options.run runs a line of shell there
 * @param options.yaml the package `yaml`
 * @throws SetupError where the step cannot be followed to the letter
 */
export async function applyStep(step, { app, run, yaml }) {
  if (step.kind === 'run') {
    await run(step.code);
    return;
  }
  const file = join(app, step.file);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, edited(step, text, yaml));
}

function edited(step, text, yaml) {
  switch (step.kind) {
    case 'merge':
      return yaml.stringify(
        mergeConfig(yaml.parse(text), yaml.parse(step.code)),
      );
    case 'replace': {
      const at = find(text, step.anchor, step);
      return `${text.slice(0, at)}${step.code}${text.slice(
        at + step.anchor.length,
      )}`;
    }
    default: {
      const { before, after } = step;
      const at = find(text, before ?? after, step);
      // Whole lines: above the one that holds the anchor, or below it.
      const place =
        before === undefined
          ? text.indexOf('\n', at) + 1
          : text.lastIndexOf('\n', at) + 1;
      return `${text.slice(0, place)}${step.code}\n${text.slice(place)}`;
    }
  }
}

function find(text, anchor, step) {
  const at = text.indexOf(anchor);
  if (at === -1) {
    throw new SetupError(
      `Line ${step.line} of the guide speaks of \`${anchor}\`, which is not in ${step.file}.`,
    );
  }
  if (step.after === undefined && text.indexOf(anchor, at + 1) !== -1) {
    throw new SetupError(
      `Line ${step.line} of the guide speaks of \`${anchor}\`, which is in ${step.file} more than once.`,
    );
  }
  return at;
}
