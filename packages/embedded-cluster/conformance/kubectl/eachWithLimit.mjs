/** Calls `act` for every item, at most `limit` at a time. */
export async function eachWithLimit(items, limit, act) {
  const left = [...items];
  const work = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await act(item);
    }
  };
  await Promise.all(Array.from({ length: limit }, work));
}
