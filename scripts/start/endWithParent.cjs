// Loaded before a program of ours, which then ends when the process that
// started it is gone, however that ended: the channel between them closes.
const LONGEST_MS = 15_000;

if (process.channel) {
  process.channel.unref();
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), LONGEST_MS).unref();
  });
}
