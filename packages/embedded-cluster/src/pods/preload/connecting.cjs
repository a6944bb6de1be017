'use strict';
const net = require('node:net');

/**
 * Connections to the cluster's names and addresses go to the loopback port
 * behind them. At `Socket.connect`, which `http`, `tls`, `http2` and Node's
 * own `fetch` all come through.
 */
exports.mapConnecting = ({ routes, localSocket }) => {
  const { connect } = net.Socket.prototype;

  /** To a Unix domain socket: Node has connected, or failed to, when the call returns. */
  function connectLocally(socket, args, { list, path, options }) {
    const local = localSocket(path, 'connect');
    const inPod = local.error
      ? failing(options, 'path.invalid', local.error)
      : { ...options, path: local.path };
    const rest = list === args[0] ? markedList(list, inPod) : [inPod];
    const callback = typeof args.at(-1) === 'function' ? [args.at(-1)] : [];
    try {
      return Reflect.apply(
        connect,
        socket,
        list === args[0] ? [rest] : [...rest, ...callback],
      );
    } finally {
      local.release?.();
    }
  }

  net.Socket.prototype.connect = function connectInPod(...args) {
    // Within Node the arguments come as one list that was put in order before.
    const list = Array.isArray(args[0]) ? args[0] : args;
    const wanted = readArguments(list);
    if (!wanted) {
      return Reflect.apply(connect, this, args);
    }
    if (wanted.path !== undefined) {
      return connectLocally(this, args, { list, ...wanted });
    }
    const options = redirect(wanted, routes.resolve(wanted.host, wanted.port));
    if (!options) {
      return Reflect.apply(connect, this, args);
    }
    if (list === args[0]) {
      return Reflect.apply(connect, this, [markedList(list, options)]);
    }
    const callback = typeof args.at(-1) === 'function' ? [args.at(-1)] : [];
    return Reflect.apply(connect, this, [options, ...callback]);
  };
};

/** Changed in place: the list carries a mark that cannot be copied. */
function markedList(list, options) {
  list[0] = options;
  return list;
}

/** Undefined where the connection leaves the cluster. */
function redirect({ options, host, port }, answer) {
  if (answer.to !== undefined) {
    return {
      ...options,
      host: '127.0.0.1',
      port: answer.to,
      lookup: undefined,
      // The pod's own address is no address of this machine.
      localAddress: undefined,
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
    path: undefined,
    host: name,
    port: 1,
    lookup: (_host, _options, callback) =>
      callback(Object.assign(new Error(message), details)),
  };
}

function readArguments([first, second]) {
  if (typeof first === 'object' && first !== null) {
    const { port, host, path } = first;
    if (path) {
      return typeof path === 'string' ? { options: first, path } : undefined;
    }
    return port === undefined
      ? undefined
      : { options: first, host: host || 'localhost', port: Number(port) };
  }
  const port = Number(first);
  if (typeof first === 'string' && !(port >= 0)) {
    return { options: { path: first }, path: first };
  }
  if (!Number.isInteger(port)) {
    return undefined;
  }
  const host = typeof second === 'string' ? second : 'localhost';
  return { options: { host, port }, host, port };
}
