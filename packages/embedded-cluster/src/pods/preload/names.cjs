'use strict';
const dns = require('node:dns');
const os = require('node:os');
const { isIP } = require('node:net');

/** The pod's own name and address, and the cluster's names for `dns.lookup`. */
exports.mapNames = ({ pod, routes }) => {
  os.hostname = () => pod.name;
  os.networkInterfaces = () => ({
    lo: [networkInterface('127.0.0.1', '255.0.0.0', true)],
    eth0: [networkInterface(pod.ip, '255.255.0.0', false)],
  });

  const { lookup } = dns;
  dns.lookup = (hostname, options, callback) => {
    const done = callback ?? options;
    const known =
      typeof hostname === 'string' && hostname !== '' && !isIP(hostname)
        ? routes.addresses(hostname)
        : undefined;
    if (known === undefined) {
      return callback === undefined
        ? lookup(hostname, options)
        : lookup(hostname, options, callback);
    }
    const all = typeof options === 'object' && options?.all === true;
    process.nextTick(() => {
      if (known.length === 0) {
        done(notFound(hostname));
      } else if (all) {
        done(
          null,
          known.map(address => ({ address, family: 4 })),
        );
      } else {
        done(null, known[0], 4);
      }
    });
    return {};
  };

  const lookupLater = dns.promises.lookup;
  dns.promises.lookup = async (hostname, options) => {
    const known = isIP(hostname) ? undefined : routes.addresses(hostname);
    if (known === undefined) {
      return lookupLater(hostname, options);
    }
    if (known.length === 0) {
      throw notFound(hostname);
    }
    const found = known.map(address => ({ address, family: 4 }));
    return options?.all === true ? found : found[0];
  };
};

function notFound(hostname) {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
    code: 'ENOTFOUND',
    syscall: 'getaddrinfo',
    hostname,
  });
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
