import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTestBot } from 'kamihi/testing'
import { expect, it } from 'vitest'

const projectDir = dirname(dirname(fileURLToPath(import.meta.url)))

it('greets whoever may use it', async () => {
  await using bot = await startTestBot({ projectDir })
  const luis = await bot.user({ name: 'Luis', mayUse: ['start'] })
  await luis.say('/start')
  await luis.hears('Hello Luis')
})

it('tells the weather after its questions are answered', async () => {
  await using bot = await startTestBot({ projectDir })
  const luis = await bot.user({ name: 'Luis', mayUse: ['weather'] })
  await luis.say('/weather')
  await luis.hears('What is your name?')
  await luis.say('Luis')
  await luis.press('Paris')
  await luis.hears('Hello Luis: Paris is cloudy')
})

it('sends each person their own report at the time of the job', async () => {
  await using bot = await startTestBot({ projectDir, startAt: '2027-01-04T08:59:00Z' })
  const [ana, luis] = [await bot.user({ name: 'Ana' }), await bot.user({ name: 'Luis' })]
  const users = [ana.telegramId, luis.telegramId]
  await bot.job({ action: 'report', cronExpression: '0 9 * * 1-5', perUser: true, users })
  await bot.moveTo('2027-01-04T09:00:01Z')
  await ana.hears('Report of 09:00 for Ana')
  await luis.hears('Report of 09:00 for Luis')
})

it('does not talk to strangers', async () => {
  await using bot = await startTestBot({ projectDir })
  const luis = await bot.user({ name: 'Luis' })
  await luis.say('/weather')
  expect((await luis.hears(/./)).text).not.toContain('What is your name?')
})
