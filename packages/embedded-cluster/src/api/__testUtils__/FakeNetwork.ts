import type {
  ClusterNetwork,
  DialAnswer,
  RealAddress,
} from '../../ports/ClusterNetwork';

/** A network that knows where the Services and pods are that a test names. */
export class FakeNetwork implements ClusterNetwork {
  readonly services = new Map<string, RealAddress>();
  readonly pods = new Map<string, RealAddress>();

  dialService(service: {
    namespace: string;
    name: string;
    port: string;
  }): DialAnswer {
    return found(
      this.services.get(`${service.namespace}/${service.name}:${service.port}`),
    );
  }

  dialPod(podIP: string, port: number): DialAnswer {
    return found(this.pods.get(`${podIP}:${port}`));
  }

  dial(): DialAnswer {
    return { status: 'unknown' };
  }

  takePodAddress(): string {
    return '10.42.0.1';
  }

  releasePodAddress(): void {}

  listen(): void {}

  unlisten(): void {}

  async fetch(): Promise<Response> {
    throw new TypeError('no network');
  }
}

function found(address: RealAddress | undefined): DialAnswer {
  return address ? { status: 'ok', address } : { status: 'refused' };
}
