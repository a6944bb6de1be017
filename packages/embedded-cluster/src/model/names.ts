/** What the embedded cluster calls itself, so that nobody takes it for another. */
export const NODE_NAME = 'embedded';
/** Added to the version that the recorded API has: `v1.36.3+embedded`. */
export const VERSION_SUFFIX = '+embedded';
/** Label of an image that runs only here, because it holds no Node of its own. */
export const EMBEDDED_ONLY_LABEL = 'sportsbook-scaling.runs-only-in';
export const EMBEDDED_ONLY_VALUE = 'embedded-cluster';

/** Pods get addresses of this range; none of them exists outside the cluster. */
export const POD_NETWORK = '10.42.0.0/16';
export const SERVICE_NETWORK = '10.43.0.0/16';
export const NODE_PORTS = { first: 30000, last: 32767 } as const;
