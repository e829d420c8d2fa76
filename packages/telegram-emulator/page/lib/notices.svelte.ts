/** What the bot says to a pressed button. */
export interface Answer {
  text: string
  alert: boolean
  url: string | null
}

const answerMs = 4000
const problemMs = 8000

/** What is said for a moment: answers of the bot, and what the emulator refused. */
export function createNotices() {
  let answer = $state.raw<Answer | null>(null)
  let problem = $state<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    get answer() {
      return answer
    },
    get problem() {
      return problem
    },
    say(next: Answer): void {
      answer = next
      clearTimeout(timer)
      // An alert, and a page to open, wait until somebody has read them.
      if (!next.alert && !next.url) timer = setTimeout(() => (answer = null), answerMs)
    },
    complain(words: string): void {
      problem = words
      setTimeout(() => {
        if (problem === words) problem = null
      }, problemMs)
    },
    closeAnswer(): void {
      answer = null
    },
    closeProblem(): void {
      problem = null
    },
  }
}
