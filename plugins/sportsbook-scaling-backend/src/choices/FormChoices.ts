import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  ChoiceRefusal,
  ClusterChoices,
  NamespaceChoices,
  sportsbookScalingApplyPermission,
} from '@sportsbook/plugin-sportsbook-scaling-common';
import {
  ANY_TEMPLATE,
  ApplyPolicy,
  ClusterSettings,
} from '@sportsbook/plugin-sportsbook-scaling-node';
import { ClusterClients } from '../ClusterClients';
import { ChoiceUser } from './ChoiceUser';
import { listNamespaces } from './listNamespaces';

const RULES_KEY = 'sportsbookScaling.apply.rules';

/** What a form asks for, and for whom. */
export interface ChoiceRequest {
  user: ChoiceUser;
  /** Entity ref of the template whose form it is; undefined: any template. */
  templateRef?: string;
  signal?: AbortSignal;
}

/**
 * What a user may choose in the form of a template.
 *
 * @remarks
 * It only spares people a refusal: the actions ask the same policy again, when
 * something is done.
 */
export class FormChoices {
  readonly #clusters: ClusterClients;
  readonly #policy: ApplyPolicy;
  readonly #settings: ClusterSettings;

  constructor(options: {
    clusters: ClusterClients;
    policy: ApplyPolicy;
    settings: ClusterSettings;
  }) {
    this.#clusters = options.clusters;
    this.#policy = options.policy;
    this.#settings = options.settings;
  }

  /** The clusters on which some rule allows the user something. */
  async clusters(request: ChoiceRequest): Promise<ClusterChoices> {
    const refusal = this.#refusal(request);
    if (refusal !== undefined) {
      return { clusters: [], refusal };
    }
    const names = await this.#clusters.names({ signal: request.signal });
    const clusters = names
      .filter(name => this.#allowed(request, name).length > 0)
      .sort()
      .map(name => ({ name, access: this.#settings.for(name).access }));
    return clusters.length > 0
      ? { clusters }
      : {
          clusters,
          refusal: {
            reason: `No rule allows ${this.#who(
              request,
            )} to create by this template on a cluster that Backstage knows.`,
            nextStep: `Ask those who run Backstage for a rule in ${RULES_KEY}.`,
          },
        };
  }

  /**
   * The namespaces of one cluster.
   *
   * @throws NotAllowedError where no rule allows the user anything there
   * @throws NotFoundError for a cluster that Backstage does not know
   */
  async namespaces(
    request: ChoiceRequest & {
      cluster: string;
      /** Kubernetes token of the user, where he has one. */
      userToken?: string;
    },
  ): Promise<NamespaceChoices> {
    const { cluster, userToken, signal } = request;
    const allowed = this.#allowed(request, cluster);
    const refusal = this.#refusal(request);
    if (refusal !== undefined || allowed.length === 0) {
      const { reason, nextStep } = refusal ?? {
        reason: `No rule allows ${this.#who(
          request,
        )} to create by this template on cluster '${cluster}'.`,
        nextStep: `Ask those who run Backstage for a rule in ${RULES_KEY}.`,
      };
      throw new NotAllowedError(`${reason} ${nextStep}`);
    }
    const known = await this.#clusters.names({ signal });
    if (!known.includes(cluster)) {
      throw new NotFoundError(
        `Backstage knows no cluster '${cluster}'. It knows ${
          known.length === 0 ? 'none' : known.join(', ')
        }.`,
      );
    }
    const { access, namespaceCreation } = this.#settings.for(cluster);
    return {
      existing: await listNamespaces({
        cluster,
        clusters: this.#clusters,
        access,
        userToken,
        allowed,
        signal,
      }),
      allowed,
      ...(namespaceCreation === undefined
        ? {}
        : { newNamePattern: namespaceCreation.pattern }),
    };
  }

  #allowed({ user, templateRef }: ChoiceRequest, cluster: string): string[] {
    return this.#policy.namespacesFor(
      user.identity,
      templateRef ?? ANY_TEMPLATE,
      cluster,
    );
  }

  #who({ user }: ChoiceRequest): string {
    return user.identity.ref;
  }

  #refusal(request: ChoiceRequest): ChoiceRefusal | undefined {
    return request.user.mayApply
      ? undefined
      : {
          reason: `${this.#who(request)} does not have the permission '${
            sportsbookScalingApplyPermission.name
          }', which reaching a cluster takes.`,
          nextStep: 'Ask those who run Backstage to grant it.',
        };
  }
}
