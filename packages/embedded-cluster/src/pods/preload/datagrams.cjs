'use strict';
const dgram = require('node:dgram');

/**
 * UDP stays on this machine's loopback, whose ports all pods share, and does
 * not reach the cluster's names and addresses: sending there says so.
 */
exports.mapDatagrams = ({ routes }) => {
  const { prototype } = dgram.Socket;
  const { bind } = prototype;

  prototype.bind = function bindInPod(first, ...rest) {
    // So does Node itself for a socket that only sends: that may leave the machine.
    const onlySends = first?.exclusive === true && rest[0] === null;
    if (onlySends || typeof first?.fd === 'number') {
      return Reflect.apply(bind, this, [first, ...rest]);
    }
    const address = this.type === 'udp6' ? '::1' : '127.0.0.1';
    const options =
      typeof first === 'object' && first !== null
        ? { ...first, address }
        : { port: typeof first === 'function' ? 0 : first, address };
    const callback = [first, ...rest].find(
      value => typeof value === 'function',
    );
    return Reflect.apply(
      bind,
      this,
      callback ? [options, callback] : [options],
    );
  };

  for (const name of ['send', 'connect']) {
    const original = prototype[name];
    prototype[name] = function inPod(...args) {
      const host = hostOf(args);
      if (host === undefined || !routes.isOthers(host)) {
        return Reflect.apply(original, this, args);
      }
      const error = Object.assign(
        new Error(
          `${name} ENETUNREACH ${host}: the embedded cluster carries TCP; UDP reaches neither its Services nor its other pods`,
        ),
        { code: 'ENETUNREACH', syscall: name, address: host },
      );
      const callback = args.at(-1);
      process.nextTick(() =>
        typeof callback === 'function'
          ? callback(error)
          : this.emit('error', error),
      );
      return undefined;
    };
  }
};

/** The address is the last text behind the first argument, which is what is sent, or the port. */
function hostOf(args) {
  return args
    .slice(1)
    .reverse()
    .find(value => typeof value === 'string');
}
