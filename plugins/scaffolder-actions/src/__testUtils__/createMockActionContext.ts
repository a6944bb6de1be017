import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { createMockDirectory } from './createMockDirectory';
import { mockLogger } from './mockLogger';
import { userCredentials } from './userCredentials';

/**
 * What the scaffolder hands to an action: the function of that name in
 * `@backstage/plugin-scaffolder-node-test-utils`, without what that loads.
 */
export function createMockActionContext<
  Input extends JsonObject = JsonObject,
  Output extends JsonObject = JsonObject,
>(
  options: Partial<ActionContext<Input, Output, 'v2'>> = {},
): ActionContext<Input, Output, 'v2'> {
  const workspacePath =
    options.workspacePath ?? createMockDirectory().resolve('workspace');
  return {
    logger: mockLogger(),
    output: jest.fn(),
    createTemporaryDirectory: jest.fn(async () => workspacePath),
    checkpoint: async ({ fn }) => fn(),
    getInitiatorCredentials: async () => userCredentials(),
    task: { id: 'mock-task-id' },
    step: { id: 'mock-step-id', name: 'mock step name' },
    ...options,
    input: options.input ?? ({} as Input),
    workspacePath,
  };
}
