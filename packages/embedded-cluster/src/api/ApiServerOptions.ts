import type { Clock } from '../model/Clock';
import type { AggregatedApi } from '../ports/AggregatedApi';
import type { Authenticate } from '../ports/Authenticator';
import type { Authorizer } from '../ports/Authorizer';
import type { ClusterNetwork } from '../ports/ClusterNetwork';
import type { ClusterObjects } from '../ports/ClusterObjects';
import type { OpenApiDocuments } from '../ports/OpenApiDocuments';
import type { PodLogs } from '../ports/PodLogs';
import type { PrintTable } from '../ports/TablePrinter';
import type { IssueToken } from '../ports/TokenIssuer';
import type { VirtualResource } from '../ports/VirtualResource';

/** What the API answers from. */
export interface ApiServices {
  objects: ClusterObjects;
  authenticate: Authenticate;
  authorizer: Authorizer;
  virtualResources: readonly VirtualResource[];
  aggregatedApis: readonly AggregatedApi[];
  network: ClusterNetwork;
  podLogs: PodLogs;
  printTable: PrintTable;
  issueToken: IssueToken;
  openapi: OpenApiDocuments;
  /** Answer of `/version` of the recorded server; `gitVersion` gets a suffix. */
  version: Readonly<Record<string, string>>;
  clock: Clock;
  /** One line, without secrets, about what nobody was told. */
  log(line: string): void;
}

export interface ApiServerOptions extends ApiServices {
  /** PEM. `ca` signs the clients that are trusted. */
  tls: { key: string; cert: string; ca: string };
  /** Default `127.0.0.1`; nothing else is meant to be reached. */
  host?: '127.0.0.1';
  /** 0 takes a free one. */
  port: number;
}
