import {
  AuditorService,
  AuthService,
  BackstageCredentials,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  NotAllowedError,
  isError,
} from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  KUBERNETES_TOKEN_SECRET,
  sportsbookScalingApplyPermission,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ApplyPolicy,
  ApplyUser,
  BackstageClusterClients,
  ClusterSettings,
  KubernetesClient,
  readOnlyClient,
  UserTokenRejectedError,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import {
  ClusterAccess,
  ClusterAccessRequest,
  TaskIdentity,
} from './ClusterAccess';
import { SignInMemory } from './SignInMemory';
import { tokenExpiry } from './tokenExpiry';

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
  userInfo: UserInfoService;
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
  readonly #granted = new SignInMemory<true>();
  readonly #ownership = new SignInMemory<string[]>();

  constructor(options: DefaultClusterAccessOptions) {
    this.#options = options;
  }

  async open(request: ClusterAccessRequest): Promise<KubernetesClient> {
    const { ctx, cluster, namespaces, kinds, clusterScopedKinds } = request;
    const credentials = await ctx.getInitiatorCredentials();
    const ref = this.#refOf(credentials);
    const event = await this.#options.auditor.createEvent({
      eventId: 'cluster-access',
      severityLevel: 'medium',
      meta: {
        cluster,
        namespaces,
        kinds,
        clusterScopedKinds,
        user: ref ?? null,
        template: ctx.templateInfo?.entityRef ?? null,
      },
    });
    try {
      await this.#assertPermission(credentials);
      const decision = this.#options.policy.check({
        user: await this.#userOf(credentials),
        templateRef: ctx.templateInfo?.entityRef,
        cluster,
        namespaces,
        kinds,
        clusterScopedKinds,
      });
      if (!decision.allowed) {
        throw new NotAllowedError(decision.reason);
      }
      const client = this.#client(request);
      await event.success();
      return request.registers
        ? client
        : readOnlyClient(client, this.#options.settings.for(cluster).delivery);
    } catch (error) {
      await event.fail({
        error: isError(error) ? error : new Error(String(error)),
      });
      throw error;
    }
  }

  async hasRule(ctx: TaskIdentity): Promise<boolean> {
    const credentials = await ctx.getInitiatorCredentials();
    return this.#options.policy.hasRuleFor(
      await this.#userOf(credentials),
      ctx.templateInfo?.entityRef,
    );
  }

  #refOf(credentials: BackstageCredentials): string | undefined {
    return this.#options.auth.isPrincipal(credentials, 'user')
      ? credentials.principal.userEntityRef
      : undefined;
  }

  /**
   * Who the task acts for now, with the refs that the permission policy sees.
   * Somebody else may have retried it than the one who created it and whose
   * entity it carries, and groups change.
   */
  async #userOf(
    credentials: BackstageCredentials,
  ): Promise<ApplyUser | undefined> {
    const ref = this.#refOf(credentials);
    if (ref === undefined) {
      return undefined;
    }
    const memberOf = await this.#whileSignedIn(
      credentials,
      this.#ownership,
      async () =>
        (
          await this.#options.userInfo.getUserInfo(credentials)
        ).ownershipEntityRefs,
    );
    return { ref, memberOf };
  }

  async #assertPermission(credentials: BackstageCredentials): Promise<void> {
    const permission = sportsbookScalingApplyPermission;
    await this.#whileSignedIn(credentials, this.#granted, async () => {
      const [decision] = await this.#options.permissions.authorize(
        [{ permission }],
        { credentials },
      );
      if (decision.result !== AuthorizeResult.ALLOW) {
        throw new NotAllowedError(
          `${this.#describe(credentials)} does not have the permission '${
            permission.name
          }', which reaching a cluster takes. Ask those who run Backstage to grant it`,
        );
      }
      return true as const;
    });
  }

  /** Asks, and falls back to the answer of before where the sign-in has expired since. */
  async #whileSignedIn<T>(
    credentials: BackstageCredentials,
    memory: SignInMemory<T>,
    ask: () => Promise<T>,
  ): Promise<T> {
    try {
      const answer = await ask();
      memory.remember(credentials, answer);
      return answer;
    } catch (error) {
      if (!isSignInError(error)) {
        throw error;
      }
      const known = memory.recall(credentials);
      if (known === undefined) {
        throw new AuthenticationError(
          `The sign-in of ${this.#describe(
            credentials,
          )} that this task was started with has expired. Sign in again and retry the task`,
          error,
        );
      }
      return known;
    }
  }

  #describe(credentials: BackstageCredentials): string {
    return this.#refOf(credentials) ?? 'The principal of this task';
  }

  #client({ ctx, cluster }: ClusterAccessRequest): KubernetesClient {
    const { clients, settings } = this.#options;
    if (settings.for(cluster).access === 'sharedAccount') {
      return clients.client(cluster);
    }
    const userToken = ctx.secrets?.[KUBERNETES_TOKEN_SECRET];
    if (userToken === undefined || userToken === '') {
      throw new NotAllowedError(
        `Cluster '${cluster}' is reached with the user's own Kubernetes token, and the task has no secret ${KUBERNETES_TOKEN_SECRET}. Create again from a template whose form decorators ask for the token, signed in to the cluster`,
      );
    }
    const expiry = tokenExpiry(userToken);
    if (expiry !== undefined && expiry.getTime() <= Date.now()) {
      throw new UserTokenRejectedError(
        `The Kubernetes token for cluster '${cluster}' that this task was started with has expired at ${expiry.toISOString()}. Sign in to the cluster again and create anew`,
      );
    }
    return clients.client(cluster, { userToken });
  }
}
