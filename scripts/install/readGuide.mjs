import { SetupError } from '../setup/SetupError.mjs';

/**
 * What may be asked of the reader of an installation guide: the sentence that
 * stands right above a block of code, and what it means.
 */
const SENTENCES = [
  { pattern: /^Run:$/, read: () => ({ kind: 'run' }) },
  {
    pattern: /^In `([^`]+)`, before `([^`]+)`:$/,
    read: ([, file, anchor]) => ({ kind: 'insert', file, before: anchor }),
  },
  {
    pattern: /^In `([^`]+)`, after the first `([^`]+)`:$/,
    read: ([, file, anchor]) => ({ kind: 'insert', file, after: anchor }),
  },
  {
    pattern: /^In `([^`]+)`, in place of `([^`]+)`:$/,
    read: ([, file, anchor]) => ({ kind: 'replace', file, anchor }),
  },
  {
    pattern: /^Merge into `([^`]+)`:$/,
    read: ([, file]) => ({ kind: 'merge', file }),
  },
];

/**
 * The steps of a guide in Markdown: each is a sentence that ends with a colon
 * and the block of code below it. A heading `### … (new frontend system)` or
 * `### … (old frontend system)` limits the steps below it to that kind of app.
 *
 * @param text of the guide
 * @param system `new` or `old`
 * @returns steps `{kind, code, line, …}`; a line is counted from 1
 * @throws SetupError for a block without such a sentence
 */
export function readGuide(text, system) {
  const lines = text.split('\n');
  const steps = [];
  let applies = true;
  let sentence = '';
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line.startsWith('#')) {
      const [, named] = /\((new|old) frontend system\)$/.exec(line) ?? [];
      applies = named === undefined || named === system;
    } else if (line.startsWith('```')) {
      const end = lines.indexOf('```', index + 1);
      if (end === -1) {
        throw new SetupError(`The block in line ${index + 1} has no end.`);
      }
      const step = {
        ...readSentence(sentence, index + 1),
        code: lines.slice(index + 1, end).join('\n'),
        line: index + 1,
      };
      if (applies) {
        steps.push(step);
      }
      index = end;
      sentence = '';
    } else if (line !== '') {
      sentence = line;
    }
  }
  return steps;
}

function readSentence(sentence, line) {
  for (const { pattern, read } of SENTENCES) {
    const match = pattern.exec(sentence);
    if (match) {
      return read(match);
    }
  }
  throw new SetupError(
    `Nothing says what is to be done with the block in line ${line}; above it stands: ${sentence}`,
  );
}
