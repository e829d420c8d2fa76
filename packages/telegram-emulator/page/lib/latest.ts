/** Asks again and again; of answers that overtake each other only that to the last question counts. */
export function createLatest<T>(take: (answer: T) => void): (ask: () => Promise<T>) => Promise<void> {
  let asked = 0
  return async (ask) => {
    asked += 1
    const mine = asked
    const answer = await ask()
    if (mine === asked) take(answer)
  }
}
