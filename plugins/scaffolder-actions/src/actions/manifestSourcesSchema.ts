import { z } from 'zod/v3';

const pathSource = z
  .object({
    path: z
      .string()
      .min(1)
      .describe(
        'A .yaml, .yml or .json file, or a folder of them, below the workspace',
      ),
  })
  .strict();

const urlSource = z
  .object({
    url: z
      .string()
      .url()
      .describe('A file that backend.reading.allow or an integration permits'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits')
      .describe("The file's SHA-256; any other content is refused"),
  })
  .strict();

/** Where manifests come from. */
export const manifestSourcesSchema = z.array(z.union([pathSource, urlSource]));

export type ManifestSourceInput = z.output<
  typeof manifestSourcesSchema
>[number];
