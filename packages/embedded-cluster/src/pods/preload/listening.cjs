'use strict';
const net = require('node:net');

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/** `server.listen(8080)` takes a free loopback port instead and tells the kubelet which one it is. */
exports.mapListening = ({ pod, routes, report, localSocket }) => {
  const { listen, address, close } = net.Server.prototype;
  const virtual = new WeakMap();

  net.Server.prototype.listen = function listenInPod(...args) {
    const wanted = readArguments(args);
    if (wanted?.path !== undefined) {
      return listenLocally(this, wanted);
    }
    if (!wanted) {
      return Reflect.apply(listen, this, args);
    }
    const { host, backlog, exclusive, callback, signal } = wanted;
    if (wanted.port !== 0 && routes.isTaken(wanted.port)) {
      return failLater(this, taken(wanted));
    }
    const onListening = () => {
      const { port: real } = Reflect.apply(address, this, []);
      const port = wanted.port === 0 ? real : wanted.port;
      virtual.set(this, { port, real, host });
      routes.own.set(port, real);
      // A pod's loopback is its own: neither probes nor Services come in there.
      if (!LOOPBACK.has(host)) {
        report({ listening: { port, real } });
      }
    };
    this.prependOnceListener('listening', onListening);
    this.once('error', () => this.off('listening', onListening));
    if (callback) {
      this.once('listening', callback);
    }
    return Reflect.apply(listen, this, [
      { host: '127.0.0.1', port: 0, backlog, exclusive, signal },
    ]);
  };

  /** At a Unix domain socket; the folder it is reached through is kept, for Node removes it at the end. */
  function listenLocally(server, { path, options, callback }) {
    const local = localSocket(path, 'listen');
    if (local.error) {
      return failLater(server, local.error);
    }
    const onListening = () => virtual.set(server, { path });
    server.prependOnceListener('listening', onListening);
    server.once('error', () => {
      server.off('listening', onListening);
      local.release();
    });
    server.once('close', local.release);
    if (callback) {
      server.once('listening', callback);
    }
    return Reflect.apply(listen, server, [{ ...options, path: local.path }]);
  }

  net.Server.prototype.address = function addressInPod() {
    const real = Reflect.apply(address, this, []);
    const known = virtual.get(this);
    if (!real || !known) {
      return real;
    }
    if (known.path !== undefined) {
      return known.path;
    }
    const shown = shownHost(known.host);
    return {
      address: shown,
      family: shown.includes(':') ? 'IPv6' : 'IPv4',
      port: known.port,
    };
  };

  net.Server.prototype.close = function closeInPod(...args) {
    const known = virtual.get(this);
    virtual.delete(this);
    if (known?.port !== undefined) {
      routes.release(known.port, known.real);
      report({ closed: { port: known.port } });
    }
    return Reflect.apply(close, this, args);
  };

  function failLater(server, error) {
    process.nextTick(() => server.emit('error', error));
    return server;
  }

  function taken({ port, host }) {
    const shown = shownHost(host);
    return Object.assign(
      new Error(`listen EADDRINUSE: address already in use ${shown}:${port}`),
      { code: 'EADDRINUSE', syscall: 'listen', address: shown, port },
    );
  }

  function shownHost(host) {
    if (host === undefined) {
      return '::';
    }
    if (host === 'localhost') {
      return '127.0.0.1';
    }
    return host === pod.name ? pod.ip : host;
  }
};

/** Undefined for what is neither a TCP port nor a path: handles, descriptors. */
function readArguments(args) {
  const rest = [...args];
  const callback = typeof rest.at(-1) === 'function' ? rest.pop() : undefined;
  const [first, ...others] = rest;
  if (first === undefined || first === null) {
    return { port: 0, callback };
  }
  if (typeof first === 'object') {
    const { host, path, backlog, exclusive, signal } = first;
    if (typeof first.fd === 'number' || first._handle) {
      return undefined;
    }
    // As Node: a port that is named but not given is any.
    const port = 'port' in first ? first.port ?? 0 : undefined;
    if (isPort(port)) {
      return { port: Number(port), host, backlog, exclusive, signal, callback };
    }
    return port === undefined && isPath(path)
      ? { path, options: first, callback }
      : undefined;
  }
  const backlog = others.find(value => typeof value === 'number');
  if (isPath(first)) {
    return { path: first, options: { backlog }, callback };
  }
  if (!isPort(first)) {
    return undefined;
  }
  const host = others.find(value => typeof value === 'string');
  return { port: Number(first), host, backlog, callback };
}

/** As Node decides between a port and a path; out of range is left to Node, which says so. */
function isPort(value) {
  return (
    (typeof value === 'number' ||
      (typeof value === 'string' && value.trim() !== '')) &&
    Number.isInteger(Number(value)) &&
    Number(value) >= 0 &&
    Number(value) <= 65_535
  );
}

function isPath(value) {
  return typeof value === 'string' && !(Number(value) >= 0);
}
