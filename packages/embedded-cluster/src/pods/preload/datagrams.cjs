'use strict';
const dgram = require('node:dgram');

/** UDP sockets that wait for others do so on loopback only; ports stay what they are. */
exports.mapDatagrams = () => {
  const { bind } = dgram.Socket.prototype;

  dgram.Socket.prototype.bind = function bindInPod(first, ...rest) {
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
};
