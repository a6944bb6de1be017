/** Some words by which a cause is known, and what mends it. */
const MENDINGS: readonly [words: RegExp, step: string][] = [
  [
    /failed calling webhook "v\w+\.kb\.io"/i,
    "let the API server reach KEDA's admission webhooks: a firewall or NetworkPolicy keeps it from port 9443 of their pods",
  ],
  [
    /forbidden.*external\.metrics\.k8s\.io|horizontal-pod-autoscaler" cannot/is,
    "let the autoscaler's account read external metrics: bind ClusterRole keda-external-metrics-reader to ServiceAccount kube-system/horizontal-pod-autoscaler, as KEDA's own manifests do",
  ],
  [
    /AmbiguousSelector|controlled by multiple HPAs/i,
    'delete the other HorizontalPodAutoscaler: two that select the same pods both stop',
  ],
  [
    /already managed by|hpa-ownership|is already (used|scaled) by/i,
    'delete the other HorizontalPodAutoscaler or ScaledObject of this workload: one of them may scale it',
  ],
  [
    /code = Unavailable|transport: error while dialing/i,
    "let KEDA's metrics server reach its operator: check that keda-operator runs, and that no NetworkPolicy closes port 9666",
  ],
  [
    /x509|certificate/,
    "renew KEDA's certificate: restart keda-operator, which also writes it into the APIService, or mend what issues it (cert-manager)",
  ],
  [
    /ServiceNotFound|MissingEndpoints|no endpoints available|have no addresses/i,
    "start KEDA's metrics server: kubectl -n keda get pods, and look at why keda-metrics-apiserver (keda-operator-metrics-apiserver) is not ready",
  ],
  [
    /FailedDiscoveryCheck|failing or missing response|no route to host|i\/o timeout|context deadline exceeded.*apiservice|net\/http: request canceled/i,
    "let the API server reach KEDA's metrics server: a firewall or NetworkPolicy keeps it from port 6443 of its pods",
  ],
  [
    /scaleTargetRef specification/i,
    'apply the workload that spec.scaleTargetRef names, or correct the name; KEDA looks again by itself',
  ],
  [
    /fallback.*(metricType|AverageValue|type is)|(metricType|AverageValue).*fallback/is,
    'write metricType: AverageValue at the trigger: KEDA has no fallback for another, and 2.17.0 took none from a default',
  ],
  [
    /missing required parameter|error parsing .* metadata|correct triggers/i,
    "correct the trigger's metadata: each value is text in quotes, and serverAddress, query and threshold are needed",
  ],
  [
    /multiple elements/i,
    'aggregate the series with sum(...): KEDA takes one number',
  ],
  [
    /target may be lost|result is empty|value is null/i,
    'start the series at zero when the service starts, and compare the labels of the query with the series that its pods expose',
  ],
  [
    /TriggerAuthentication|no auth|status: 40[13]/i,
    'correct the TriggerAuthentication that the trigger names, and the Secret in it',
  ],
  [
    /no such host|connection refused|context deadline exceeded|Client\.Timeout/i,
    "let KEDA reach the trigger's serverAddress: check its name and port, and that no NetworkPolicy keeps the keda namespace out",
  ],
  [
    /currently unable to handle the request/i,
    "mend the registration of external metrics: kubectl describe apiservice v1beta1.external.metrics.k8s.io tells why the API server cannot reach KEDA's metrics server",
  ],
  [
    /error when getting metric values/i,
    "look at why KEDA's query fails: kubectl -n keda logs deploy/keda-operator names the ScaledObject and the reason",
  ],
];

/**
 * What to do about a failure that KEDA, the autoscaler or the API server tells
 * of, without a full stop. Their words differ between versions; each cause is
 * known by the part that stays.
 *
 * @returns undefined for what is not known
 */
export function mendingStep(message: string): string | undefined {
  return MENDINGS.find(([words]) => words.test(message))?.[1];
}
