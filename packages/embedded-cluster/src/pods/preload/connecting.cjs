'use strict';
const net = require('node:net');

/**
 * Connections to the cluster's names and addresses go to the loopback port
 * behind them. At `Socket.connect`, which `http`, `tls`, `http2` and Node's
 * own `fetch` all come through.
 */
exports.mapConnecting = ({ routes }) => {
  const { connect } = net.Socket.prototype;

  net.Socket.prototype.connect = function connectInPod(...args) {
    // Within Node the arguments come as one list that was put in order before.
    const list = Array.isArray(args[0]) ? args[0] : args;
    const wanted = readArguments(list);
    if (!wanted) {
      return Reflect.apply(connect, this, args);
    }
    const options = redirect(wanted, routes.resolve(wanted.host, wanted.port));
    if (!options) {
      return Reflect.apply(connect, this, args);
    }
    if (list === args[0]) {
      // Changed in place: the list carries a mark that cannot be copied.
      list[0] = options;
      return Reflect.apply(connect, this, args);
    }
    const callback = typeof args.at(-1) === 'function' ? [args.at(-1)] : [];
    return Reflect.apply(connect, this, [options, ...callback]);
  };
};

/** Undefined where the connection leaves the cluster. */
function redirect({ options, host, port }, answer) {
  if (answer.to !== undefined) {
    return {
      ...options,
      host: '127.0.0.1',
      port: answer.to,
      lookup: undefined,
    };
  }
  if (answer.unknown) {
    return failing(options, 'name.invalid', {
      message: `getaddrinfo ENOTFOUND ${host}`,
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
      hostname: host,
    });
  }
  if (answer.refused !== undefined) {
    return failing(options, 'address.invalid', {
      message: `connect ECONNREFUSED ${answer.refused}:${port}`,
      code: 'ECONNREFUSED',
      syscall: 'connect',
      address: answer.refused,
      port,
    });
  }
  return undefined;
}

/** Node itself reports the error, in its own time and way: as the look-up's. */
function failing(options, name, { message, ...details }) {
  return {
    ...options,
    host: name,
    lookup: (_host, _options, callback) =>
      callback(Object.assign(new Error(message), details)),
  };
}

function readArguments([first, second]) {
  if (typeof first === 'object' && first !== null) {
    const { port, host, path } = first;
    return path || port === undefined
      ? undefined
      : { options: first, host: host || 'localhost', port: Number(port) };
  }
  const port = Number(first);
  if (!Number.isInteger(port)) {
    return undefined;
  }
  const host = typeof second === 'string' ? second : 'localhost';
  return { options: { host, port }, host, port };
}
