import { z } from 'zod/v3';

/** Inputs of Backstage's own actions that open a pull request from files of the workspace. */
export const pullRequestSchema = z.object({
  host: z.enum(['github', 'gitlab']).describe('Which of the actions to use'),
  repoUrl: z.string(),
  branchName: z.string(),
  targetBranchName: z.string(),
  title: z.string(),
  description: z.string(),
  sourcePath: z.string(),
  targetPath: z.string(),
});
