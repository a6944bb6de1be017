import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { ResourceType } from '../../model/ResourceType';
import { includeObject } from '../answer/includeObject';
import type { Presenter } from '../answer/Presenter';
import {
  representationOf,
  type Representation,
} from '../answer/representation';
import { send, toJson } from '../answer/send';
import { toYaml } from '../answer/toYaml';
import type { Exchange } from '../request/Exchange';

/** Sends one object as the client wants it. */
export async function answerObject(
  exchange: Exchange,
  presenter: Presenter,
  answer: {
    type: ResourceType;
    object: KubernetesObject;
    code?: number;
  },
): Promise<void> {
  const representation = representationOf(exchange.request.headers.accept);
  await answerValue(exchange, {
    ...answer,
    representation,
    value: presenter.object(answer.type, answer.object, {
      representation,
      includeObject: includeObject(exchange.query, representation),
    }),
  });
}

export async function answerValue(
  exchange: Exchange,
  answer: {
    value: unknown;
    representation: Representation;
    code?: number;
  },
): Promise<void> {
  const { value, representation, code = 200 } = answer;
  const yaml = representation.encoding === 'yaml';
  await send(exchange, {
    code,
    body: yaml ? toYaml(value) : toJson(exchange.request, value),
    ...(yaml ? { contentType: 'application/yaml' } : {}),
    warnings: exchange.warnings,
  });
}
