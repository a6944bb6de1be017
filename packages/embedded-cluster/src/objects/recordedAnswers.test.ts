import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import { StatusError } from '../model/StatusError';
import type {
  DeleteRequest,
  PatchType,
  WriteOptions,
} from '../ports/ClusterObjects';
import { comparable } from './__testUtils__/comparable';
import { TestObjects, typeOf } from './__testUtils__/openTestObjects';
import { readRecorded } from './__testUtils__/readRecorded';
import type { StoredClusterObjects } from './StoredClusterObjects';

interface Recorded {
  do: string;
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
  subresource?: WriteOptions['subresource'];
  body?: unknown;
  options?: {
    dryRun?: boolean;
    force?: boolean;
    manager?: string;
    fieldValidation?: WriteOptions['fieldValidation'];
  };
  code: number;
  answer: unknown;
  warnings?: string[];
}

interface Answer {
  code: number;
  answer: unknown;
  warnings: string[];
}

function ask(objects: StoredClusterObjects, recorded: Recorded): Answer {
  const warnings: string[] = [];
  const type = typeOf(objects, recorded);
  const { namespace, name } = recorded;
  const options: WriteOptions = {
    manager: 'm',
    ...recorded.options,
    subresource: recorded.subresource,
    warn: text => warnings.push(text),
  };
  const body = recorded.body as KubernetesObject;
  try {
    switch (recorded.do) {
      case 'get':
        return {
          code: 200,
          answer: objects.get(type, { namespace, name }),
          warnings,
        };
      case 'create': {
        const { object } = objects.create(
          type,
          {
            ...body,
            metadata: { ...(namespace ? { namespace } : {}), ...body.metadata },
          },
          options,
        );
        return { code: 201, answer: object, warnings };
      }
      case 'update': {
        const { object } = objects.update(
          type,
          { namespace, name },
          body,
          options,
        );
        return { code: 200, answer: object, warnings };
      }
      case 'delete': {
        const { object, gone } = objects.delete(
          type,
          { namespace, name },
          recorded.body === undefined ? {} : (recorded.body as DeleteRequest),
        );
        const success = {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Success',
          details: {
            name,
            ...(type.group === '' ? {} : { group: type.group }),
            kind: type.plural,
            uid: object.metadata.uid,
          },
        };
        return { code: 200, answer: gone ? success : object, warnings };
      }
      default: {
        const { object, created } = objects.patch(
          type,
          { namespace, name },
          {
            type: recorded.do as PatchType,
            body,
            force: recorded.options?.force,
          },
          options,
        );
        return { code: created ? 201 : 200, answer: object, warnings };
      }
    }
  } catch (error) {
    if (error instanceof StatusError) {
      return { code: error.code, answer: error.toStatus(), warnings };
    }
    throw error;
  }
}

describe.each([
  ['built-in kinds', 'built-in-kind-answers.jsonl'],
  ['custom kinds', 'custom-kind-answers.jsonl'],
])('requests about %s that were recorded on a real cluster', (_, file) => {
  const test = new TestObjects();

  afterAll(() => test.close());

  it('are answered with the same codes, reasons, causes and objects', async () => {
    const objects = await test.open();
    for (const kind of ['Namespace', 'ServiceAccount']) {
      objects.create(
        typeOf(objects, { apiVersion: 'v1', kind }),
        {
          apiVersion: 'v1',
          kind,
          metadata: {
            name: kind === 'Namespace' ? 'recorded' : 'default',
            namespace: 'recorded',
          },
        },
        { manager: 'test' },
      );
    }
    for (const request of readRecorded<Recorded>(file)) {
      const { answer, ...rest } = ask(objects, request);
      expect({ request, ...rest, answer: comparable(answer) }).toEqual({
        request,
        code: request.code,
        warnings: request.warnings ?? [],
        answer: comparable(request.answer),
      });
    }
  });
});
