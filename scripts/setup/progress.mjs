const TICK_MS = 1000;
const QUIET_SECONDS_BETWEEN_LINES = 30;

/**
 * Shows that something is being done, since when, and how it ended. On a
 * terminal one line counts the seconds; elsewhere a line comes now and then.
 *
 * @param title what is done, as in "Installing packages"
 * @param work gets `say(detail)` to tell how far it is
 * @param options.outcome puts the result of the work into a word or two
 */
export async function progress(
  title,
  work,
  { out = process.stdout, outcome = () => 'done' } = {},
) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  let detail = '';
  let quietSince = 0;
  const show = () => {
    if (out.isTTY) {
      out.write(`\r\x1b[K  ${title}${detail} … ${seconds()} s`);
    } else if (seconds() - quietSince >= QUIET_SECONDS_BETWEEN_LINES) {
      quietSince = seconds();
      out.write(`  ${title}${detail} … ${seconds()} s\n`);
    }
  };
  const say = text => {
    detail = ` (${text})`;
    show();
  };
  const end = how =>
    out.write(
      `${out.isTTY ? '\r\x1b[K' : ''}  ${title}: ${how} after ${seconds()} s\n`,
    );

  if (!out.isTTY) {
    out.write(`  ${title} …\n`);
  }
  const timer = setInterval(show, TICK_MS);
  try {
    const result = await work(say);
    end(outcome(result));
    return result;
  } catch (error) {
    end('failed');
    throw error;
  } finally {
    clearInterval(timer);
  }
}
