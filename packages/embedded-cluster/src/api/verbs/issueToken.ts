import { z } from 'zod';
import type { ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { Clock } from '../../model/Clock';
import { timestamp } from '../../model/Clock';
import type { ClusterObjects } from '../../ports/ClusterObjects';
import type { IssueToken } from '../../ports/TokenIssuer';
import { PLAIN } from '../answer/representation';
import { decodeObject } from '../request/decodeObject';
import type { ResourceExchange } from '../request/Exchange';
import { readBody } from '../request/readBody';
import { writeOptions } from '../request/writeOptions';
import { answerValue } from './answerObject';

const TOKEN_REQUEST = {
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'TokenRequest',
  custom: false,
};

const DEFAULT_SECONDS = 3600;
const DEFAULT_AUDIENCE = 'https://kubernetes.default.svc';

const requestSchema = z.object({
  spec: z
    .object({
      audiences: z.array(z.string()).nullish(),
      expirationSeconds: z.number().int().nullish(),
      boundObjectRef: z
        .object({
          kind: z.string().optional(),
          apiVersion: z.string().optional(),
          name: z.string().optional(),
          uid: z.string().optional(),
        })
        .nullish(),
    })
    .nullish(),
});

/** `POST .../serviceaccounts/<name>/token`. */
export async function issueServiceAccountToken(
  exchange: ResourceExchange,
  type: ResourceType,
  means: { objects: ClusterObjects; issueToken: IssueToken; clock: Clock },
): Promise<void> {
  const { request, address } = exchange;
  const { namespace = '', name = '' } = address;
  const body = await readBody(request);
  const options = writeOptions(exchange, 'CreateOptions');
  const asked = requestSchema.safeParse(
    decodeObject(body, request.headers['content-type'], TOKEN_REQUEST, options),
  );
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw StatusError.badRequest(
      `TokenRequest in version "v1" cannot be handled as a TokenRequest: ${issue.path.join(
        '.',
      )}: ${issue.message}`,
    );
  }
  const account = means.objects.get(type, { namespace, name });
  const { audiences, expirationSeconds, boundObjectRef } =
    asked.data.spec ?? {};
  const spec = {
    audiences: audiences?.length ? audiences : [DEFAULT_AUDIENCE],
    expirationSeconds: expirationSeconds ?? DEFAULT_SECONDS,
    boundObjectRef: boundObjectRef ?? null,
  };
  const issued = await means.issueToken({
    namespace,
    serviceAccount: name,
    ...(audiences?.length ? { audiences } : {}),
    expirationSeconds: spec.expirationSeconds,
    ...(boundObjectRef?.kind && boundObjectRef.name
      ? {
          boundTo: {
            ...boundObjectRef,
            kind: boundObjectRef.kind,
            name: boundObjectRef.name,
          },
        }
      : {}),
  });
  await answerValue(exchange, {
    representation: PLAIN,
    code: 201,
    value: {
      kind: TOKEN_REQUEST.kind,
      apiVersion: 'authentication.k8s.io/v1',
      metadata: {
        name,
        namespace,
        uid: account.metadata.uid,
        creationTimestamp: timestamp(means.clock.now()),
      },
      spec: {
        ...spec,
        ...(issued.audiences ? { audiences: issued.audiences } : {}),
      },
      status: {
        token: issued.token,
        expirationTimestamp: issued.expirationTimestamp,
      },
    },
  });
}
