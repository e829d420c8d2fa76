import { describe } from 'vitest'
import { describeFiles } from './behaviours/files.ts'
import { describeFormatting } from './behaviours/formatting.ts'
import { describeGroups } from './behaviours/groups.ts'
import { describeKeyboards } from './behaviours/keyboards.ts'
import { describeMenu } from './behaviours/menu.ts'
import { describePlaces } from './behaviours/places.ts'
import { describePolling } from './behaviours/polling.ts'
import { describePolls } from './behaviours/polls.ts'
import { describeReactions } from './behaviours/reactions.ts'
import { describeRefusals } from './behaviours/refusals.ts'
import { describeWebhook } from './behaviours/webhook.ts'
import type { Driver } from './driver.ts'
import { useStage } from './stage.ts'

/** What every library must be able to do with the emulator, as with Telegram itself. */
export function describeClient(name: string, driver: Driver): void {
  describe(`a bot made with ${name}`, () => {
    const stage = useStage(driver)
    describePolling(stage)
    describeWebhook(stage)
    describeFiles(stage)
    describeKeyboards(stage)
    describeFormatting(stage)
    describeRefusals(stage, driver)
    describeGroups(stage)
    describeReactions(stage)
    describePolls(stage)
    describePlaces(stage)
    describeMenu(stage)
  })
}
