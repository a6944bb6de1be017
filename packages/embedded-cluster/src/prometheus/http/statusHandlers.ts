import { describeConfig } from '../config/describeConfig';
import { formatDuration } from '../config/duration';
import { success, type ApiHandler } from './ApiHandler';

/** What the server calls its version; it speaks the API of the first part. */
export const EMBEDDED_VERSION = '3.13.1+embedded';

/** `/api/v1/status/config` */
export const configHandler: ApiHandler = ({ server }) =>
  success({ yaml: describeConfig(server.config) });

/** `/api/v1/status/buildinfo` */
export const buildInfoHandler: ApiHandler = () =>
  success({
    version: EMBEDDED_VERSION,
    revision: '',
    branch: 'embedded',
    buildUser: '',
    buildDate: '',
    goVersion: `none: Node.js ${process.version}`,
  });

/** `/api/v1/status/runtimeinfo`: what there is of it without Go. */
export const runtimeInfoHandler: ApiHandler = ({ server, clock, hostname }) => {
  const { isGood, milliseconds } = server.lastConfig;
  return success({
    startTime: new Date(server.startedMilliseconds).toISOString(),
    CWD: '/prometheus',
    hostname,
    serverTime: new Date(clock.now()).toISOString(),
    reloadConfigSuccess: isGood,
    lastConfigTime: new Date(milliseconds).toISOString(),
    corruptionCount: 0,
    storageRetention: formatDuration(server.store.retentionMilliseconds),
  });
};

/** `/api/v1/status/tsdb`: the size of what is in memory. */
export const tsdbHandler: ApiHandler = ({ server }) =>
  success({
    headStats: {
      numSeries: server.store.seriesCount,
      numSamples: server.store.sampleCount,
    },
  });
