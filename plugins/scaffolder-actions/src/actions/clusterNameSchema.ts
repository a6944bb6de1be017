import { z } from 'zod/v3';

/** The cluster that an action works on. */
export const clusterNameSchema = z
  .string()
  .min(1)
  .describe("Name of a cluster that Backstage's kubernetes plugin knows");
