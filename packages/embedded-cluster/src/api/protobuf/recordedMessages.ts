import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { recordedFile } from '../../runtime/recordedFile';

/**
 * Number, name in JSON, type and flags of a field: `r` repeated, `m` a map from
 * strings, `i` written in line in JSON, `z` left out in JSON while zero.
 */
const fieldSchema = z
  .tuple([z.number(), z.string(), z.string()])
  .rest(z.string());

const recordedSchema = z.object({
  /** `apps/v1/Deployment` to the name of its message. */
  kinds: z.record(z.string(), z.string()),
  messages: z.record(z.string(), z.array(fieldSchema)),
});

export interface MessageField {
  name: string;
  type: string;
  repeated: boolean;
  map: boolean;
  inline: boolean;
  dropZero: boolean;
}

export interface RecordedMessages {
  kinds: ReadonlyMap<string, string>;
  messages: ReadonlyMap<string, ReadonlyMap<number, MessageField>>;
}

let loaded: RecordedMessages | undefined;

/** What `scripts/recordProtobuf.mjs` wrote. Read at the first body of this kind: many clients send none. */
export function recordedMessages(): RecordedMessages {
  if (!loaded) {
    const { kinds, messages } = recordedSchema.parse(
      JSON.parse(
        gunzipSync(readFileSync(recordedFile('protobuf.json.gz'))).toString(),
      ),
    );
    loaded = {
      kinds: new Map(Object.entries(kinds)),
      messages: new Map(
        Object.entries(messages).map(([message, fields]) => [
          message,
          new Map(
            fields.map(([number, name, type, flags = '']) => [
              number,
              {
                name,
                type,
                repeated: flags.includes('r'),
                map: flags.includes('m'),
                inline: flags.includes('i'),
                dropZero: flags.includes('z'),
              },
            ]),
          ),
        ]),
      ),
    };
  }
  return loaded;
}
