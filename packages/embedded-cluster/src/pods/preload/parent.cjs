'use strict';
const fs = require('node:fs');
const net = require('node:net');
const { isMainThread } = require('node:worker_threads');

/** Both ways: the kubelet reads what this process listens on, and its end closes the pipe. */
const CHANNEL = 3;

/**
 * A container does not outlive its kubelet, even one that was killed. One that
 * is busy without a pause notices nothing, and is ended by the kubelet's reaper;
 * a kubelet that was killed before it could note this process is not there now.
 */
exports.endWithParent = parent => {
  if (isMainThread) {
    if (process.ppid !== parent) {
      process.kill(process.pid, 'SIGKILL');
    }
    const channel = new net.Socket({ fd: CHANNEL });
    const end = () => process.kill(process.pid, 'SIGKILL');
    channel.on('error', end).on('close', end).resume();
    channel.unref();
  }
};

/** Tells the kubelet one thing, from any thread: descriptors belong to the process. */
exports.createReporter = () => {
  const { writeSync } = fs;
  return message => {
    const line = Buffer.from(`${JSON.stringify(message)}\n`);
    for (let written = 0; written < line.length; ) {
      try {
        written += writeSync(CHANNEL, line, written);
      } catch (error) {
        if (error.code !== 'EAGAIN') {
          return;
        }
      }
    }
  };
};
