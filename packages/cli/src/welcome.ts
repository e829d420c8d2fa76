import type { RunningBot } from './startBot.ts'

/** The block that a person reads when the bot has started. */
export function welcome(bot: RunningBot): string {
  const { config } = bot.kamihi
  const rows = [
    ['Dashboard', bot.dashboardUrl],
    ['Set-up link', bot.setupLink && `${bot.setupLink}  (makes the first owner, works once)`],
    ['Chat page', bot.chatUrl && `${bot.chatUrl}  (built-in stand-in: nothing reaches Telegram)`],
    ['Actions', brokenActions(bot)],
    ['Jobs', config.jobs.enabled ? 'jobs are on' : 'jobs are off (set jobs.enabled to true)'],
    ['Stop', 'Ctrl+C'],
  ] as const
  const lines = rows.flatMap(([name, value]) => (value ? [`  ${name.padEnd(12)} ${value}`] : []))
  return `\n  Kamihi is running.\n\n${lines.join('\n')}\n\n`
}

/** Null while all are well, which needs no line. */
function brokenActions({ kamihi: { actions } }: RunningBot): string | null {
  const broken = actions.broken().map(({ name }) => name)
  if (broken.length === 0) return null
  const all = actions.list().length + broken.length
  return `${broken.length} of ${all} could not be loaded: ${broken.join(', ')} (kamihi doctor tells why)`
}
