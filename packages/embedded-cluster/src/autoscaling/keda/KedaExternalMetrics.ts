import { StatusError } from '../../model/StatusError';
import type {
  ExternalMetricRequest,
  ExternalMetrics,
  ExternalMetricValue,
} from '../ExternalMetrics';
import { selectorText } from '../../model/selectorText';
import { SCALED_OBJECT_LABEL } from './names';
import type { ScaledObjects } from './ScaledObjects';
import type { TriggerReadings } from './TriggerReadings';
import { messageOf } from '../../runtime/messageOf';

/** Answers of KEDA's metrics server carry a code and a message, but no reason. */
function metricsError(message: string): StatusError {
  return new StatusError({ code: 500, message });
}

/** What the metrics server says when KEDA's operator fails. */
function operatorError(message: string): StatusError {
  return metricsError(
    `rpc error: code = Unknown desc = error when getting metric values ${message}`,
  );
}

/** KEDA's adapter splits a selector at its commas: only equalities come through. */
function scaledObjectNameIn(labelSelector: string): string | undefined {
  const labels = labelSelector
    .split(',')
    .filter(part => part !== '')
    .map(part => {
      const [key, value, ...rest] = part.split('=');
      if (value === undefined || rest.length > 0) {
        throw metricsError(`invalid selector: [${part}]`);
      }
      return { key, value };
    });
  return labels.find(({ key }) => key === SCALED_OBJECT_LABEL)?.value;
}

/** External metrics as KEDA serves them: each belongs to the ScaledObject that its selector names. */
export class KedaExternalMetrics implements ExternalMetrics {
  readonly #scaledObjects: ScaledObjects;
  readonly #readings: TriggerReadings;

  constructor(scaledObjects: ScaledObjects, readings: TriggerReadings) {
    this.#scaledObjects = scaledObjects;
    this.#readings = readings;
  }

  read({
    namespace,
    metricName,
    selector,
    signal,
  }: ExternalMetricRequest): Promise<ExternalMetricValue[]> {
    return this.query({
      namespace,
      metricName,
      labelSelector: selector === undefined ? '' : selectorText(selector),
      signal,
    });
  }

  async isThere({
    namespace,
    metricName,
    selector,
    signal,
  }: ExternalMetricRequest): Promise<boolean> {
    const name = selector?.matchLabels?.[SCALED_OBJECT_LABEL];
    const scaledObject = this.#scaledObjects.find(`${namespace}/${name}`);
    return (
      scaledObject !== undefined &&
      this.#readings.isThere(scaledObject, metricName, signal)
    );
  }

  /** @throws StatusError 500 without a reason, as the real API answers whatever fails */
  async query({
    namespace,
    metricName,
    labelSelector,
    signal,
  }: {
    namespace: string;
    metricName: string;
    labelSelector: string;
    signal: AbortSignal;
  }): Promise<ExternalMetricValue[]> {
    const name = scaledObjectNameIn(labelSelector);
    if (!name) {
      throw metricsError('scaledObject name is not specified');
    }
    const scaledObject = this.#scaledObjects.find(`${namespace}/${name}`);
    if (scaledObject === undefined) {
      throw operatorError(
        `error getting scalers ScaledObject.keda.sh "${name}" not found`,
      );
    }
    let reading;
    try {
      reading = await this.#readings.pull(scaledObject, metricName, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw operatorError(`error getting scalers ${messageOf(error)}`);
    }
    if (reading === undefined) {
      throw operatorError(`no matching metrics found for ${metricName}`);
    }
    if (reading.value === undefined) {
      throw operatorError(`metric:${metricName} encountered error`);
    }
    return [reading.value];
  }
}
