import type { KubernetesObject } from '@sportsbook/plugin-sportsbook-scaling-common';
import type { Clock } from '../../model/Clock';
import { apiVersionOf, type ResourceType } from '../../model/ResourceType';
import { StatusError } from '../../model/StatusError';
import type { ListAnswer } from '../../ports/ClusterObjects';
import type { PrintTable, Table } from '../../ports/TablePrinter';
import type { Representation } from './representation';

type ListMetadata = Record<string, string | number>;

/** How a table's rows carry the object that they are about. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

export interface PresentOptions {
  representation: Representation;
  /** Default `Metadata`. Only for tables. */
  includeObject?: IncludeObject;
  /** False for all but the first table of a watch. Default true. */
  columns?: boolean;
}

/** Turns objects and lists into the form that a client asked for. */
export class Presenter {
  readonly #printTable: PrintTable;
  readonly #clock: Clock;

  constructor(options: { printTable: PrintTable; clock: Clock }) {
    this.#printTable = options.printTable;
    this.#clock = options.clock;
  }

  /** @throws StatusError 406 where a list is asked for */
  object(
    type: ResourceType,
    object: KubernetesObject,
    options: PresentOptions,
  ): unknown {
    const { representation } = options;
    switch (representation.as) {
      case 'table':
        return this.#table(
          type,
          [object],
          versionOf(object.metadata.resourceVersion),
          options,
        );
      case 'partial':
        return partial(object, representation);
      case 'partialList':
        throw notAcceptable(
          `you requested PartialObjectMetadataList, but the requested object is not a list (*${goName(
            type,
            type.kind,
          )})`,
        );
      default:
        return object;
    }
  }

  /** @throws StatusError 406 where a single object is asked for */
  list(
    type: ResourceType,
    answer: ListAnswer,
    options: PresentOptions,
  ): unknown {
    const { representation } = options;
    const metadata: ListMetadata = {
      resourceVersion: answer.resourceVersion,
      ...(answer.continueToken ? { continue: answer.continueToken } : {}),
      ...(answer.remainingItemCount === undefined
        ? {}
        : { remainingItemCount: answer.remainingItemCount }),
    };
    switch (representation.as) {
      case 'table':
        return this.#table(type, answer.items, metadata, options);
      case 'partial':
        throw notAcceptable(
          `you requested PartialObjectMetadata, but the requested object is a list (*${goName(
            type,
            type.listKind,
          )})`,
        );
      case 'partialList':
        return {
          kind: 'PartialObjectMetadataList',
          apiVersion: `meta.k8s.io/${representation.version}`,
          metadata,
          items: answer.items.map(item => partial(item, representation)),
        };
      default:
        return {
          kind: type.listKind,
          apiVersion: apiVersionOf(type),
          metadata,
          items: type.custom ? answer.items : answer.items.map(withoutKind),
        };
    }
  }

  #table(
    type: ResourceType,
    objects: readonly KubernetesObject[],
    metadata: ListMetadata,
    {
      representation,
      includeObject = 'Metadata',
      columns = true,
    }: PresentOptions,
  ): unknown {
    const table: Table = this.#printTable(type, objects, {
      nowMilliseconds: this.#clock.now(),
    });
    return {
      kind: 'Table',
      apiVersion: `meta.k8s.io/${representation.version}`,
      metadata,
      // A client keeps those that it got first.
      columnDefinitions: columns ? table.columnDefinitions : null,
      rows: table.rows.map((row, index) => ({
        ...row,
        object: rowObject(objects[index], includeObject, representation),
      })),
    };
  }
}

function versionOf(resourceVersion: string | undefined): ListMetadata {
  return resourceVersion === undefined ? {} : { resourceVersion };
}

function rowObject(
  object: KubernetesObject,
  include: IncludeObject,
  representation: Representation,
): unknown {
  switch (include) {
    case 'None':
      return null;
    case 'Object':
      return object;
    default:
      return partial(object, representation);
  }
}

function partial(
  { metadata }: KubernetesObject,
  { version }: Representation,
): unknown {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: `meta.k8s.io/${version}`,
    metadata,
  };
}

/** In lists of built-in kinds the list alone says what its items are. */
function withoutKind({
  kind: _kind,
  apiVersion: _apiVersion,
  ...rest
}: KubernetesObject): unknown {
  return rest;
}

/** What the server calls the kind inside: `core.ConfigMap`. */
function goName({ group, custom }: ResourceType, kind: string): string {
  return custom
    ? 'unstructured.Unstructured'
    : `${group === '' ? 'core' : group.split('.', 1)[0]}.${kind}`;
}

function notAcceptable(message: string): StatusError {
  return new StatusError({ code: 406, reason: 'NotAcceptable', message });
}
