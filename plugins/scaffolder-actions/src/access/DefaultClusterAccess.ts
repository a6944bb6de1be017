import {
  AuditorService,
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  NotAllowedError,
  isError,
} from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { sportsbookScalingApplyPermission } from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ApplyPolicy,
  ApplyUser,
  BackstageClusterClients,
  ClusterSettings,
  KubernetesClient,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import {
  ClusterAccess,
  ClusterAccessRequest,
  TaskIdentity,
} from './ClusterAccess';
import { GrantedPermissions } from './GrantedPermissions';

/** Secret of a task that holds the Kubernetes token of its user. */
export const USER_TOKEN_SECRET = 'KUBERNETES_TOKEN';

const MEMBER_OF = 'memberOf';

/** Whether an error says that the sign-in behind a call is not valid, or not any more. */
function isSignInError(error: unknown): boolean {
  return (
    isError(error) &&
    (error.name === 'AuthenticationError' ||
      ('statusCode' in error && error.statusCode === 401))
  );
}

export interface DefaultClusterAccessOptions {
  auth: AuthService;
  permissions: PermissionsService;
  auditor: AuditorService;
  policy: ApplyPolicy;
  settings: ClusterSettings;
  clients: Pick<BackstageClusterClients, 'client'>;
}

/**
 * The door that Backstage's permissions, our policy and the kubernetes plugin's
 * proxy make together: the task's initiator is checked, and the cluster is then
 * asked by our own service principal, with the cluster's configured credential
 * or with the user's own token.
 */
export class DefaultClusterAccess implements ClusterAccess {
  readonly #options: DefaultClusterAccessOptions;
  readonly #granted = new GrantedPermissions();

  constructor(options: DefaultClusterAccessOptions) {
    this.#options = options;
  }

  async open(request: ClusterAccessRequest): Promise<KubernetesClient> {
    const { ctx, cluster, namespaces, clusterScopedKinds } = request;
    const credentials = await ctx.getInitiatorCredentials();
    const user = this.#userOf(ctx, credentials);
    const event = await this.#options.auditor.createEvent({
      eventId: 'cluster-access',
      severityLevel: 'medium',
      meta: {
        cluster,
        namespaces,
        clusterScopedKinds,
        user: user?.ref ?? null,
        template: ctx.templateInfo?.entityRef ?? null,
      },
    });
    try {
      await this.#assertPermission(user, credentials);
      const decision = this.#options.policy.check({
        user,
        templateRef: ctx.templateInfo?.entityRef,
        cluster,
        namespaces,
        clusterScopedKinds,
      });
      if (!decision.allowed) {
        throw new NotAllowedError(decision.reason);
      }
      const client = this.#client(request);
      await event.success();
      return client;
    } catch (error) {
      await event.fail({
        error: isError(error) ? error : new Error(String(error)),
      });
      throw error;
    }
  }

  /**
   * Who the task acts for now. Somebody else may have retried it than the one
   * who created it and whose entity it carries.
   */
  #userOf(
    ctx: TaskIdentity,
    credentials: BackstageCredentials,
  ): ApplyUser | undefined {
    if (!this.#options.auth.isPrincipal(credentials, 'user')) {
      return undefined;
    }
    const ref = credentials.principal.userEntityRef;
    const relations =
      ctx.user?.ref === ref ? ctx.user.entity?.relations ?? [] : [];
    return {
      ref,
      memberOf: relations
        .filter(relation => relation.type === MEMBER_OF)
        .map(relation => relation.targetRef),
    };
  }

  async #assertPermission(
    user: ApplyUser | undefined,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const permission = sportsbookScalingApplyPermission;
    const who = user?.ref ?? 'The principal of this task';
    try {
      const [decision] = await this.#options.permissions.authorize(
        [{ permission }],
        { credentials },
      );
      if (decision.result !== AuthorizeResult.ALLOW) {
        throw new NotAllowedError(
          `${who} does not have the permission '${permission.name}', which reaching a cluster takes. Ask those who run Backstage to grant it`,
        );
      }
      this.#granted.remember(credentials);
    } catch (error) {
      if (!isSignInError(error)) {
        throw error;
      }
      if (!this.#granted.has(credentials)) {
        throw new AuthenticationError(
          `The sign-in of ${who} that this task was started with has expired. Sign in again and retry the task`,
          error,
        );
      }
    }
  }

  #client({ ctx, cluster }: ClusterAccessRequest): KubernetesClient {
    const { clients, settings } = this.#options;
    if (settings.for(cluster).access === 'sharedAccount') {
      return clients.client(cluster);
    }
    const userToken = ctx.secrets?.[USER_TOKEN_SECRET];
    if (userToken === undefined || userToken === '') {
      throw new NotAllowedError(
        `Cluster '${cluster}' is reached with the user's own Kubernetes token, and the task has no secret ${USER_TOKEN_SECRET}. Create again from a template whose form decorators ask for the token, signed in to the cluster`,
      );
    }
    return clients.client(cluster, { userToken });
  }
}
