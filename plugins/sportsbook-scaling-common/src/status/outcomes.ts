import { ObjectStatus } from './objectStatus';

export const current = (message: string): ObjectStatus => ({
  status: 'current',
  message,
});
export const inProgress = (message: string): ObjectStatus => ({
  status: 'inProgress',
  message,
});
export const failed = (message: string): ObjectStatus => ({
  status: 'failed',
  message,
});
export const terminating = (message: string): ObjectStatus => ({
  status: 'terminating',
  message,
});
