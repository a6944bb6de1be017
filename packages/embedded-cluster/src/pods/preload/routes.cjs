'use strict';
const fs = require('node:fs');
const { isIP } = require('node:net');

const CLUSTER_DOMAIN = '.cluster.local';

/**
 * Where virtual addresses lead. The file is read again when it was replaced,
 * at the moment of asking: a program that runs without a pause sees the same
 * network as everybody else, and worker threads need no messages.
 */
exports.createRoutes = pod => {
  const { statSync, readFileSync } = fs;
  /** Ports of this thread's own, virtual to real; those on loopback only are nobody else's. */
  const own = new Map();
  const released = new Map();
  const stays = new Map();
  let read;

  function table() {
    const { ino, mtimeMs, size } = statSync(pod.routesFile);
    const version = `${ino} ${mtimeMs} ${size}`;
    if (read?.version !== version) {
      const routes = JSON.parse(readFileSync(pod.routesFile, 'utf8'));
      read = {
        version,
        pods: routes.pods,
        byName: new Map(
          routes.services.map(service => [
            `${service.namespace}/${service.name}`,
            service,
          ]),
        ),
        byAddress: new Map(
          routes.services.map(service => [service.clusterIP, service]),
        ),
      };
    }
    return read;
  }

  /** As a resolver with the pod's search domains reads it. */
  function parse(host) {
    let name = host.toLowerCase().replace(/\.$/, '');
    const whole = name.endsWith(CLUSTER_DOMAIN);
    if (whole) {
      name = name.slice(0, -CLUSTER_DOMAIN.length);
    }
    const qualified = name.endsWith('.svc');
    const parts = (qualified ? name.slice(0, -'.svc'.length) : name).split('.');
    const certain = whole || qualified;
    if (parts.length === 1 && !certain) {
      return { namespace: pod.namespace, service: parts[0], certain };
    }
    if (parts.length === 2) {
      return { namespace: parts[1], service: parts[0], certain };
    }
    return parts.length === 3
      ? { namespace: parts[2], service: parts[1], hostname: parts[0], certain }
      : { namespace: '', service: '', certain };
  }

  /** The addresses of a name: undefined for names that are none of the cluster's, none for one that is absent. */
  function addresses(host) {
    if (isOwnName(host)) {
      return [pod.ip];
    }
    const name = parse(host);
    const service = table().byName.get(`${name.namespace}/${name.service}`);
    if (!service) {
      return name.certain ? [] : undefined;
    }
    if (name.hostname !== undefined) {
      const ip = service.hostnames[name.hostname];
      return ip === undefined ? [] : [ip];
    }
    return service.clusterIP === undefined
      ? service.addresses
      : [service.clusterIP];
  }

  function isOwnName(host) {
    return host.toLowerCase() === pod.name;
  }

  function toPod(ip, port) {
    const { pods } = table();
    const real = (ip === pod.ip && own.get(port)) || pods[ip]?.[port];
    if (real !== undefined) {
      return { to: real };
    }
    // Addresses of nobody belong to the world outside, unless it has no such ones.
    return ip in pods || ip === pod.ip ? { refused: ip } : { outside: true };
  }

  function toService(service, port) {
    const endpoints =
      service.ports.find(candidate => candidate.port === port)?.endpoints ?? [];
    if (endpoints.length === 0) {
      return { refused: service.clusterIP };
    }
    const { ip, port: target } = choose(service, port, endpoints);
    if (ip === '127.0.0.1') {
      return { to: target };
    }
    const answer = toPod(ip, target);
    return answer.to === undefined ? { refused: service.clusterIP } : answer;
  }

  function choose(service, port, endpoints) {
    const one = endpoints[Math.floor(Math.random() * endpoints.length)];
    if (service.affinitySeconds === undefined) {
      return one;
    }
    const key = `${service.clusterIP}:${port}`;
    const before = stays.get(key);
    const kept =
      before?.until > Date.now() &&
      endpoints.find(
        ({ ip, port: other }) => ip === before.ip && other === before.port,
      );
    const chosen = kept || one;
    stays.set(key, {
      ...chosen,
      until: Date.now() + service.affinitySeconds * 1_000,
    });
    return chosen;
  }

  function isLoopback(host) {
    return (
      host === 'localhost' ||
      host === '::1' ||
      host === '::' ||
      host === '0.0.0.0' ||
      host === '::ffff:127.0.0.1' ||
      (isIP(host) === 4 && host.startsWith('127.'))
    );
  }

  return {
    own,
    release(port, real) {
      own.delete(port);
      released.set(port, real);
    },
    /** Whether somebody of the pod listens on it: here, in another container or thread. */
    isTaken(port) {
      const known = table().pods[pod.ip]?.[port];
      // What this thread has just closed may not have been told to everybody.
      return (
        own.has(port) || (known ?? released.get(port)) !== released.get(port)
      );
    },
    addresses,
    /** Whether a name or an address is the cluster's and not this pod's own. */
    isOthers(host) {
      const { pods, byAddress } = table();
      return isIP(host)
        ? host !== pod.ip && (host in pods || byAddress.has(host))
        : !isLoopback(host) &&
            !isOwnName(host) &&
            addresses(host) !== undefined;
    },
    /** Answers to `_http._tcp.odds-api.betting.svc.cluster.local`. */
    services(name) {
      const [portName, protocol, ...rest] = name.split('.');
      const target = rest.join('.');
      const { namespace, service: of, hostname } = parse(target);
      const service = table().byName.get(`${namespace}/${of}`);
      if (protocol !== '_tcp' || !service || hostname !== undefined) {
        return [];
      }
      return service.ports
        .filter(({ name: known }) => `_${known}` === portName)
        .map(({ port }) => ({ name: target, port, priority: 0, weight: 100 }));
    },
    /** @returns `{to: port}`, `{refused: address}`, `{unknown: true}` or `{outside: true}` */
    resolve(host, port) {
      if (isLoopback(host)) {
        const answer = toPod(pod.ip, port);
        return answer.to === undefined ? { refused: host } : answer;
      }
      if (isIP(host)) {
        const service = table().byAddress.get(host);
        return service ? toService(service, port) : toPod(host, port);
      }
      const known = addresses(host);
      if (known === undefined) {
        return { outside: true };
      }
      if (known.length === 0) {
        return { unknown: true };
      }
      const ip = known[Math.floor(Math.random() * known.length)];
      const service = table().byAddress.get(ip);
      return service ? toService(service, port) : toPod(ip, port);
    },
  };
};
