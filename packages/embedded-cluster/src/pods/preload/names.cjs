'use strict';
const dns = require('node:dns');
const os = require('node:os');
const { isIP } = require('node:net');

const CLUSTER_DOMAIN = 'cluster.local';

/** The pod's own name and address, and the cluster's names for `dns`. */
exports.mapNames = ({ pod, routes }) => {
  os.hostname = () => pod.name;
  os.networkInterfaces = () => ({
    lo: [networkInterface('127.0.0.1', '255.0.0.0', true)],
    eth0: [networkInterface(pod.ip, '255.255.0.0', false)],
  });
  mapLookups(routes);
  mapQueries(routes);
};

/** Undefined for what is none of the cluster's names. */
function addressesOf(routes, hostname) {
  return typeof hostname === 'string' && hostname !== '' && !isIP(hostname)
    ? routes.addresses(hostname)
    : undefined;
}

/** `dns.lookup`, as the system's resolver answers. */
function mapLookups(routes) {
  const { lookup } = dns;
  const lookupLater = dns.promises.lookup;

  /** @returns undefined for names that are none of the cluster's, else all, with an error where there are none */
  function find(hostname, options) {
    const known = addressesOf(routes, hostname);
    if (known === undefined) {
      return undefined;
    }
    const family = typeof options === 'object' ? options?.family : options;
    // The cluster has addresses of version 4 only.
    const found = family === 6 || family === 'IPv6' ? [] : known;
    return {
      found: found.map(address => ({ address, family: 4 })),
      error:
        found.length === 0
          ? notFound(`getaddrinfo ENOTFOUND ${hostname}`, {
              syscall: 'getaddrinfo',
              hostname,
            })
          : undefined,
    };
  }

  dns.lookup = (hostname, options, callback) => {
    const done = callback ?? options;
    const known =
      typeof done === 'function' ? find(hostname, options) : undefined;
    if (known === undefined) {
      return callback === undefined
        ? lookup(hostname, options)
        : lookup(hostname, options, callback);
    }
    const all = typeof options === 'object' && options?.all === true;
    process.nextTick(() => {
      if (known.error) {
        done(known.error);
      } else if (all) {
        done(null, known.found);
      } else {
        done(null, known.found[0].address, 4);
      }
    });
    return {};
  };
  // With the names of what its callback gets, for `util.promisify`.
  for (const key of Object.getOwnPropertySymbols(lookup)) {
    Object.defineProperty(
      dns.lookup,
      key,
      Object.getOwnPropertyDescriptor(lookup, key),
    );
  }

  dns.promises.lookup = async (hostname, options) => {
    const known = find(hostname, options);
    if (known === undefined) {
      return lookupLater(hostname, options);
    }
    if (known.error) {
      throw known.error;
    }
    return options?.all === true ? known.found : known.found[0];
  };
}

/** `dns.resolve4` and the like, as the cluster's own name server answers: addresses, and ports of Services. */
function mapQueries(routes) {
  /** Undefined for what is none of the cluster's names; a search list is no matter of queries. */
  function answer(type, hostname) {
    if (typeof hostname !== 'string') {
      return undefined;
    }
    const name = hostname.toLowerCase().replace(/\.$/, '');
    if (!name.endsWith(`.${CLUSTER_DOMAIN}`)) {
      return undefined;
    }
    if (type === 'SRV') {
      return routes.services(name);
    }
    return type === 'A' ? routes.addresses(name) ?? [] : [];
  }

  function failure(type, hostname) {
    const exists = routes.addresses(hostname)?.length > 0;
    const code = exists ? 'ENODATA' : 'ENOTFOUND';
    const syscall = `query${type[0]}${type.slice(1).toLowerCase()}`;
    return notFound(`${syscall} ${code} ${hostname}`, {
      code,
      syscall,
      hostname,
    });
  }

  function withTtl(found, options) {
    return options?.ttl === true
      ? found.map(address => ({ address, ttl: 30 }))
      : found;
  }

  const types = { resolve4: 'A', resolve6: 'AAAA', resolveSrv: 'SRV' };
  const holders = [dns, dns.Resolver.prototype];
  const laterHolders = [dns.promises, dns.promises.Resolver.prototype];

  for (const [name, type] of Object.entries(types)) {
    for (const holder of holders) {
      const original = holder[name];
      holder[name] = function inPod(hostname, ...rest) {
        const found = answer(type, hostname);
        const done = rest.at(-1);
        if (found === undefined || typeof done !== 'function') {
          return Reflect.apply(original, this, [hostname, ...rest]);
        }
        process.nextTick(() =>
          found.length === 0
            ? done(failure(type, hostname))
            : done(null, withTtl(found, rest[0])),
        );
        return {};
      };
    }
    for (const holder of laterHolders) {
      const original = holder[name];
      holder[name] = async function inPod(hostname, options) {
        const found = answer(type, hostname);
        if (found === undefined) {
          return Reflect.apply(original, this, [hostname, options]);
        }
        if (found.length === 0) {
          throw failure(type, hostname);
        }
        return withTtl(found, options);
      };
    }
  }

  const methods = { A: 'resolve4', AAAA: 'resolve6', SRV: 'resolveSrv' };
  for (const holder of [...holders, ...laterHolders]) {
    const original = holder.resolve;
    holder.resolve = function inPod(hostname, type, ...rest) {
      const isType = typeof type === 'string';
      const method = methods[isType ? type : 'A'];
      if (method === undefined) {
        return Reflect.apply(original, this, [hostname, type, ...rest]);
      }
      const given = isType || type === undefined ? rest : [type, ...rest];
      return holder[method].call(this, hostname, ...given);
    };
  }
}

function notFound(message, details) {
  return Object.assign(new Error(message), { code: 'ENOTFOUND', ...details });
}

function networkInterface(address, netmask, internal) {
  return {
    address,
    netmask,
    family: 'IPv4',
    mac: '00:00:00:00:00:00',
    internal,
    cidr: `${address}/${internal ? 8 : 16}`,
  };
}
