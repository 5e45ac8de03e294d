/**
 * Runs items in their order, `parallel` of them at a time. After a rejection no other is begun, and it is thrown when those that run have
 * ended.
 */
export async function runSideBySide<T>(
  items: readonly T[],
  parallel: number,
  run: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const work = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await run(item);
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: parallel }, work));
  const broken = ended.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
}
