import { ramp, restless, steps, type ScriptedRate } from './scriptedRates';

/** One of the ten ScaledObjects of the recording. */
export interface RecordedCase {
  name: string;
  /** Of its Deployment at first. */
  replicas: number;
  minReplicaCount: number;
  maxReplicaCount: number;
  threshold: string;
  behavior?: Record<string, unknown>;
  rate: ScriptedRate;
}

const percent = (value: number, periodSeconds: number) => ({
  type: 'Percent',
  value,
  periodSeconds,
});
const pods = (value: number, periodSeconds: number) => ({
  type: 'Pods',
  value,
  periodSeconds,
});

const quiet = steps([
  [0, 190],
  [60, 420],
  [240, 580],
  [420, 240],
  [600, 1500],
  [700, 330],
  [1000, 711],
]);

function interrupted(atSeconds: number): number | 'fail' | 'empty' {
  const within = (from: number, to: number) =>
    atSeconds >= from && atSeconds < to;
  if (within(300, 420) || within(760, 800)) {
    return 'fail';
  }
  return within(900, 960) ? 'empty' : quiet(atSeconds);
}

/** Policies and rates that differ in everything an autoscaler decides by. */
export const RECORDED_CASES: readonly RecordedCase[] = [
  {
    name: 'default-behavior',
    replicas: 1,
    minReplicaCount: 2,
    maxReplicaCount: 10,
    threshold: '100',
    rate: ramp([
      [0, 50],
      [60, 150],
      [150, 420],
      [200, 420],
      [260, 1500],
      [330, 1500],
      [360, 60],
      [720, 60],
      [800, 660],
      [900, 640],
      [960, 90],
      [1300, 90],
    ]),
  },
  {
    name: 'template',
    replicas: 2,
    minReplicaCount: 2,
    maxReplicaCount: 10,
    threshold: '100',
    behavior: {
      scaleUp: { tolerance: '0' },
      scaleDown: { stabilizationWindowSeconds: 120, policies: [pods(2, 60)] },
    },
    rate: ramp([
      [0, 20],
      [45, 199.9],
      [90, 200.001],
      [140, 301],
      [240, 650],
      [300, 990],
      [420, 1200],
      [440, 150],
      [800, 150],
      [850, 500],
      [900, 340],
      [960, 520],
      [1000, 10],
      [1300, 10],
    ]),
  },
  {
    name: 'doubling',
    replicas: 1,
    minReplicaCount: 1,
    maxReplicaCount: 40,
    threshold: '50',
    rate: steps([
      [0, 10],
      [70, 2400],
      [260, 900],
      [300, 1990],
      [420, 30],
      [760, 130],
      [820, 30],
      [1130, 700],
    ]),
  },
  {
    name: 'one-pod-a-minute',
    replicas: 3,
    minReplicaCount: 1,
    maxReplicaCount: 12,
    threshold: '100',
    behavior: {
      scaleUp: { policies: [pods(1, 60)] },
      scaleDown: {
        stabilizationWindowSeconds: 60,
        policies: [percent(50, 60)],
      },
    },
    rate: steps([
      [0, 250],
      [60, 1100],
      [500, 380],
      [620, 80],
      [900, 90],
      [930, 640],
      [1100, 120],
    ]),
  },
  {
    name: 'slower-of-two',
    replicas: 2,
    minReplicaCount: 2,
    maxReplicaCount: 30,
    threshold: '20',
    behavior: {
      scaleUp: {
        stabilizationWindowSeconds: 60,
        selectPolicy: 'Min',
        policies: [pods(3, 30), percent(50, 30)],
      },
      scaleDown: {
        stabilizationWindowSeconds: 30,
        selectPolicy: 'Min',
        policies: [pods(4, 30), percent(10, 15)],
      },
    },
    rate: steps([
      [0, 30],
      [50, 600],
      [80, 100],
      [130, 590],
      [480, 140],
      [520, 600],
      [560, 100],
      [900, 44],
      [1000, 200],
    ]),
  },
  {
    name: 'never-in',
    replicas: 2,
    minReplicaCount: 2,
    maxReplicaCount: 15,
    threshold: '100',
    behavior: { scaleDown: { selectPolicy: 'Disabled' } },
    rate: steps([
      [0, 150],
      [90, 460],
      [180, 90],
      [300, 880],
      [500, 200],
      [700, 1800],
      [900, 50],
    ]),
  },
  {
    name: 'never-out',
    replicas: 9,
    minReplicaCount: 2,
    maxReplicaCount: 15,
    threshold: '100',
    behavior: {
      scaleUp: { selectPolicy: 'Disabled' },
      scaleDown: { stabilizationWindowSeconds: 0, policies: [pods(1, 30)] },
    },
    rate: steps([
      [0, 870],
      [60, 1400],
      [180, 640],
      [330, 990],
      [480, 505],
      [700, 120],
      [1000, 900],
    ]),
  },
  {
    name: 'fractions',
    replicas: 1,
    minReplicaCount: 1,
    maxReplicaCount: 12,
    threshold: '0.5',
    behavior: {
      scaleUp: { tolerance: '0.25' },
      scaleDown: { stabilizationWindowSeconds: 45, tolerance: '0.05' },
    },
    rate: ramp([
      [0, 0.1],
      [60, 0.5004],
      [150, 0.62],
      [180, 0.6255],
      [300, 2.6],
      [400, 2.61],
      [480, 2.2],
      [600, 5.7777],
      [700, 4.3],
      [800, 1.1111],
      [1000, 3],
      [1200, 0],
    ]),
  },
  {
    name: 'noise',
    replicas: 3,
    minReplicaCount: 1,
    maxReplicaCount: 20,
    threshold: '100',
    behavior: {
      scaleDown: {
        stabilizationWindowSeconds: 0,
        policies: [percent(100, 15)],
      },
    },
    rate: restless,
  },
  {
    name: 'outage',
    replicas: 2,
    minReplicaCount: 2,
    maxReplicaCount: 10,
    threshold: '100',
    behavior: {
      scaleDown: {
        stabilizationWindowSeconds: 60,
        policies: [percent(100, 15)],
      },
    },
    rate: interrupted,
  },
];
