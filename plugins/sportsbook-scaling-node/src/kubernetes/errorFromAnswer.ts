import {
  AdmissionDeniedError,
  ApiNotInstalledError,
  ClusterForbiddenError,
  FieldConflictError,
  KubernetesApiError,
  UserTokenRejectedError,
} from '../errors';
import { FieldConflict, formatFieldConflicts } from '../model/FieldConflict';
import { KubernetesStatus, readStatusText } from './kubernetesStatus';
import { TransportAnswer } from './KubernetesTransport';
import { retryAfterSeconds } from './retryAfter';

/** What was asked, for the message. */
export interface AskedFor {
  cluster: string;
  /** Such as `apply Deployment betting/odds-api`. */
  action: string;
  /** The kind whose API was asked; undefined for paths of no kind. */
  kind?: { apiVersion: string; kind: string };
  /** Whether it was asked with a user's own token. Default false. */
  hasUserToken?: boolean;
}

const LONGEST_REASON_CHARACTERS = 600;

/**
 * The one place that turns a refusal of the API server into an error.
 *
 * Only the `message` of a `Status` is shown; a body that is none is not.
 */
export function errorFromAnswer(
  answer: TransportAnswer,
  asked: AskedFor,
): Error {
  const status = readStatusText(answer.text);
  const because = shorten(
    status?.message ?? `HTTP ${answer.status} without a reason`,
  );
  const refused = `Cluster ${asked.cluster} refused to ${asked.action}: ${because}`;

  const denial = admissionDenial(status);
  if (denial) {
    return new AdmissionDeniedError(refused, denial.webhook);
  }
  if (answer.status === 401 && asked.hasUserToken) {
    return new UserTokenRejectedError(
      `Cluster ${asked.cluster} does not accept the Kubernetes token of the user (401), so it could not ${asked.action}. It has expired, or was issued for another cluster: sign in to the cluster again and create anew.`,
    );
  }
  if (answer.status === 401) {
    return new ClusterForbiddenError(
      `Cluster ${asked.cluster} does not accept the credentials that Backstage has for it (401), so it could not ${asked.action}. Renew the cluster's token or certificate in the kubernetes plugin's configuration.`,
    );
  }
  if (answer.status === 403) {
    return forbidden(status, refused, answer);
  }
  if (answer.status === 404 && asked.kind && servesNoSuchKind(status)) {
    const { apiVersion, kind } = asked.kind;
    return new ApiNotInstalledError(
      `Cluster ${asked.cluster} does not serve ${kind} of ${apiVersion}, so it could not ${asked.action}. Install the operator or definition that brings it, or wait until a new definition is established.`,
      asked.kind,
    );
  }
  if (answer.status === 409) {
    const conflicts = fieldConflicts(status);
    if (conflicts.length > 0) {
      return new FieldConflictError(
        `Cluster ${asked.cluster} did not ${
          asked.action
        }: ${formatFieldConflicts(
          conflicts,
        )}. Leave these fields out, or force to take them over.`,
        conflicts,
      );
    }
  }
  return apiError(refused, answer, status);
}

function forbidden(
  status: KubernetesStatus | undefined,
  refused: string,
  answer: TransportAnswer,
): Error {
  const message = status?.message ?? '';
  const terminating = status?.details?.causes?.some(
    cause => cause.reason === 'NamespaceTerminating',
  );
  if (terminating) {
    return apiError(
      `${refused}. Wait until the namespace is gone, then run this again.`,
      answer,
      status,
    );
  }
  const escalates = message.includes(
    'attempting to grant RBAC permissions not currently held',
  );
  return new ClusterForbiddenError(
    escalates
      ? `${refused}. Whoever applies a role must hold each right in it: grant these to Backstage's account, or the verbs 'escalate' and 'bind'.`
      : `${refused}. Grant this right to the account that Backstage uses on the cluster.`,
  );
}

/** Admission that comes with the server says who it is only in words. */
const BUILT_IN_DENIALS = [
  /ValidatingAdmissionPolicy '.*denied request/,
  / is forbidden: exceeded quota: /,
  / is forbidden: failed quota: /,
  / is forbidden: violates PodSecurity "/,
  / is forbidden: \[?(minimum|maximum) .+ usage per /,
];

function admissionDenial(
  status: KubernetesStatus | undefined,
): { webhook?: string } | undefined {
  const message = status?.message ?? '';
  const webhook = /^admission webhook "([^"]+)" denied the request/.exec(
    message,
  );
  if (webhook) {
    return { webhook: webhook[1] };
  }
  return BUILT_IN_DENIALS.some(denial => denial.test(message)) ? {} : undefined;
}

/** A path of no API answers in plain text; a `Status` about an object or its namespace names it. */
function servesNoSuchKind(status: KubernetesStatus | undefined): boolean {
  return status === undefined || !status.details?.name;
}

function fieldConflicts(status: KubernetesStatus | undefined): FieldConflict[] {
  return (status?.details?.causes ?? [])
    .filter(cause => cause.reason === 'FieldManagerConflict')
    .map(cause => ({
      manager:
        /^conflict with "([^"]*)"/.exec(cause.message ?? '')?.[1] ??
        'another manager',
      field: cause.field ?? 'a field',
    }));
}

function apiError(
  message: string,
  answer: TransportAnswer,
  status: KubernetesStatus | undefined,
): KubernetesApiError {
  return new KubernetesApiError(message, {
    status: answer.status,
    reason: status?.reason ?? undefined,
    causes: status?.details?.causes?.map(
      ({ reason, message: text, field }) => ({
        reason: reason ?? undefined,
        message: text ?? undefined,
        field: field ?? undefined,
      }),
    ),
    retryAfterSeconds:
      retryAfterSeconds(answer.headers.get('retry-after')) ??
      status?.details?.retryAfterSeconds ??
      undefined,
  });
}

function shorten(text: string): string {
  return text.length <= LONGEST_REASON_CHARACTERS
    ? text
    : `${text.slice(0, LONGEST_REASON_CHARACTERS)} …`;
}
