import { SvelteMap } from 'svelte/reactivity'

/** As long as Telegram shows it. */
const shownMs = 5000

/** What the bot says it is doing, by conversation. */
export function createDoings() {
  const doings = new SvelteMap<number, string>()
  const timers = new Map<number, ReturnType<typeof setTimeout>>()
  const stop = (chatId: number) => {
    clearTimeout(timers.get(chatId))
    doings.delete(chatId)
  }
  return {
    of: (chatId: number | null): string | null => (chatId === null ? null : (doings.get(chatId) ?? null)),
    start(chatId: number, action: string): void {
      stop(chatId)
      doings.set(chatId, action)
      timers.set(
        chatId,
        setTimeout(() => stop(chatId), shownMs),
      )
    },
    stop,
  }
}
