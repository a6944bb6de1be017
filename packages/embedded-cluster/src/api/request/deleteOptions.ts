import { z } from 'zod';
import { StatusError } from '../../model/StatusError';
import type { DeleteRequest } from '../../ports/ClusterObjects';
import { unsupportedMediaType } from './decodeObject';
import type { Exchange } from './Exchange';
import { invalidOptions } from './invalidOptions';
import { jsonError } from './jsonError';
import { readInteger } from './listOptions';
import { mediaType } from './mediaType';
import { parseYaml } from './parseYaml';
import { readDryRun } from './writeOptions';
import { decodeProtobuf, PROTOBUF } from '../protobuf/decodeProtobuf';

const PROPAGATION = ['Foreground', 'Background', 'Orphan'] as const;

const optionsSchema = z.object({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  propagationPolicy: z.string().nullish(),
  orphanDependents: z.boolean().nullish(),
  gracePeriodSeconds: z.number().int().nullish(),
  dryRun: z.array(z.string()).nullish(),
  preconditions: z
    .object({
      uid: z.string().nullish(),
      resourceVersion: z.string().nullish(),
    })
    .nullish(),
});

type Options = z.infer<typeof optionsSchema>;

/**
 * `DeleteOptions` of the body; without a body, of the query.
 *
 * @throws StatusError 400, 422
 */
export function readDeleteOptions(
  exchange: Exchange,
  body: Buffer,
): DeleteRequest {
  return body.length > 0
    ? deleteRequestOf(
        exchange,
        parse(body, exchange.request.headers['content-type']),
      )
    : toRequest(exchange, queryOptions(exchange.query));
}

/**
 * @param options - `DeleteOptions` as sent
 * @throws StatusError 400, 422
 */
export function deleteRequestOf(
  exchange: Exchange,
  options: unknown,
): DeleteRequest {
  const parsed = optionsSchema.safeParse(options);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw StatusError.badRequest(
      `DeleteOptions in version "v1" cannot be handled as a DeleteOptions: ${issue.path.join(
        '.',
      )}: ${issue.message}`,
    );
  }
  const { apiVersion = 'v1', kind = 'DeleteOptions' } = parsed.data;
  if (kind !== 'DeleteOptions') {
    throw StatusError.badRequest(
      `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`,
    );
  }
  return toRequest(exchange, {
    ...parsed.data,
    dryRun: [...(parsed.data.dryRun ?? []), ...exchange.query.getAll('dryRun')],
  });
}

/** @throws StatusError 422 */
function toRequest({ user }: Exchange, options: Options): DeleteRequest {
  const { preconditions, gracePeriodSeconds } = options;
  const propagationPolicy = readPolicy(options);
  return {
    user,
    dryRun: readDryRun(options.dryRun ?? [], 'DeleteOptions'),
    ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
    // Who asks for less than no time gets the shortest that there is.
    ...(typeof gracePeriodSeconds === 'number'
      ? {
          gracePeriodSeconds: gracePeriodSeconds < 0 ? 1 : gracePeriodSeconds,
        }
      : {}),
    ...(preconditions
      ? {
          preconditions: {
            ...(preconditions.uid ? { uid: preconditions.uid } : {}),
            ...(preconditions.resourceVersion
              ? { resourceVersion: preconditions.resourceVersion }
              : {}),
          },
        }
      : {}),
  };
}

function queryOptions(query: URLSearchParams): Options {
  return {
    propagationPolicy: query.get('propagationPolicy'),
    orphanDependents: query.has('orphanDependents')
      ? query.get('orphanDependents') === 'true'
      : undefined,
    gracePeriodSeconds: readInteger(query.get('gracePeriodSeconds')),
    dryRun: query.getAll('dryRun'),
  };
}

function parse(body: Buffer, contentType: string | undefined): unknown {
  const media = mediaType(contentType);
  if (media === PROTOBUF) {
    return decodeProtobuf(body);
  }
  const text = body.toString('utf8');
  if (media === 'application/yaml') {
    const parsed = parseYaml(text);
    if (parsed.status === 'failed') {
      throw StatusError.badRequest(parsed.message);
    }
    return parsed.value;
  }
  if (media !== '' && media !== 'application/json') {
    throw unsupportedMediaType([
      'application/json',
      'application/yaml',
      PROTOBUF,
    ]);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw StatusError.badRequest(
      `couldn't get version/kind; json parse error: ${jsonError(text)}`,
    );
  }
}

function readPolicy({
  propagationPolicy,
  orphanDependents,
}: Options): DeleteRequest['propagationPolicy'] {
  if (propagationPolicy && typeof orphanDependents === 'boolean') {
    throw invalidOptions(
      'DeleteOptions',
      'propagationPolicy',
      'FieldValueInvalid',
      `Invalid value: ${JSON.stringify(
        propagationPolicy,
      )}: orphanDependents and deletionPropagation cannot be both set`,
    );
  }
  if (!propagationPolicy) {
    if (orphanDependents === null || orphanDependents === undefined) {
      return undefined;
    }
    return orphanDependents ? 'Orphan' : 'Background';
  }
  const known = PROPAGATION.find(policy => policy === propagationPolicy);
  if (known === undefined) {
    throw invalidOptions(
      'DeleteOptions',
      'propagationPolicy',
      'FieldValueNotSupported',
      `Unsupported value: ${JSON.stringify(
        propagationPolicy,
      )}: supported values: "Foreground", "Background", "Orphan", "nil"`,
    );
  }
  return known;
}
