import {
  HttpAuthService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { KUBERNETES_TOKEN_HEADER } from '@sportsbook/plugin-sportsbook-scaling-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { readChoiceUser } from './ChoiceUser';
import { ChoiceRequest, FormChoices } from './FormChoices';

const querySchema = z.object({
  template: z
    .string()
    .regex(/^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/, 'must be a whole entity ref')
    .optional(),
});

/** Serves what a user may choose in a form; only users ask. */
export function createChoicesRouter(options: {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  choices: FormChoices;
}): Router {
  const { httpAuth, permissions, userInfo, choices } = options;

  async function read(request: Request): Promise<ChoiceRequest> {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user'],
    });
    const query = querySchema.safeParse(request.query);
    if (!query.success) {
      throw new InputError(
        query.error.issues
          .map(({ path, message }) => `${path.join('.')}: ${message}`)
          .join('; '),
      );
    }
    return {
      user: await readChoiceUser({ credentials, permissions, userInfo }),
      templateRef: query.data.template,
    };
  }

  const router = PromiseRouter();
  router.get('/v1/clusters', async (request, response) => {
    const answer = await choices.clusters(await read(request));
    response.setHeader('Cache-Control', 'no-store').json(answer);
  });
  router.get('/v1/clusters/:cluster/namespaces', async (request, response) => {
    const answer = await choices.namespaces({
      ...(await read(request)),
      cluster: request.params.cluster,
      userToken: request.get(KUBERNETES_TOKEN_HEADER),
    });
    response.setHeader('Cache-Control', 'no-store').json(answer);
  });
  return router;
}
