import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import type { RecordedSequence } from './Step';

const FOLDER = join(__dirname, '../recordings');

/** Answers of a real cluster to the sequences about one subject. */
export function readRecording(subject: string): RecordedSequence[] {
  return JSON.parse(gunzipSync(readFileSync(fileOf(subject))).toString());
}

export function writeRecording(
  subject: string,
  sequences: readonly RecordedSequence[],
): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(
    fileOf(subject),
    gzipSync(JSON.stringify(sequences), {
      level: constants.Z_BEST_COMPRESSION,
    }),
  );
}

function fileOf(subject: string): string {
  return join(FOLDER, `${subject}.json.gz`);
}
