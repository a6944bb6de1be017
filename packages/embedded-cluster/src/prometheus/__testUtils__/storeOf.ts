import { labelsOf } from '../storage/labels';
import { SampleStore } from '../storage/SampleStore';
import type { RecordedSeries } from './recordedSamples';

/** A store that holds a recording. */
export function storeOf(recorded: readonly RecordedSeries[]): SampleStore {
  const store = new SampleStore();
  for (const { labels, samples } of recorded) {
    const series = store.seriesOf(labelsOf(labels));
    for (const [time, value] of samples) {
      if (value === 'stale') {
        series.end(time);
      } else {
        series.append(time, Number(value.replace('Inf', 'Infinity')));
      }
    }
  }
  return store;
}
