import { describe, expect, it } from 'vitest'
import type { Updates } from '../driver.ts'
import { ana, luis, type Stage, soon } from '../stage.ts'

export function describePolls(stage: Stage): void {
  describe('with polls', () => {
    it('sends one and hears who voted for what', async () => {
      const { bot, control } = stage
      const answers: Updates['poll_answer'][] = []
      bot.on('poll_answer', (answer) => void answers.push(answer))
      const { id } = await control.addChat({ title: 'Friends', members: [ana, luis] })
      await stage.start()
      const { message_id, poll } = await bot.sendPoll(id, 'Tea?', ['Yes', 'No'])
      expect(poll).toMatchObject({ question: 'Tea?', is_closed: false, total_voter_count: 0 })
      await control.vote(ana, message_id, [0], { chatId: id })
      await control.vote(luis, message_id, [1], { chatId: id })
      await soon(() => answers).toMatchObject([
        { poll_id: poll?.id, user: { id: ana }, option_ids: [0] },
        { poll_id: poll?.id, user: { id: luis }, option_ids: [1] },
      ])
    })

    it('hears how the votes stand, and closes it', async () => {
      const { bot, control } = stage
      const counts: number[] = []
      bot.on('poll', ({ total_voter_count }) => void counts.push(total_voter_count))
      await stage.start()
      const { message_id } = await bot.sendPoll(ana, 'Tea?', ['Yes', 'No'])
      await control.vote(ana, message_id, [1])
      await soon(() => counts).toEqual([1])
      expect(await bot.stopPoll(ana, message_id)).toMatchObject({
        is_closed: true,
        total_voter_count: 1,
        options: [
          { text: 'Yes', voter_count: 0 },
          { text: 'No', voter_count: 1 },
        ],
      })
      expect(await stage.refusal(bot.stopPoll(ana, message_id))).toMatchObject({
        code: 400,
        description: 'Bad Request: poll has already been closed',
      })
    })

    // td, PollManager::on_get_poll: a bot is told of a poll that it has closed itself.
    it('hears that it has closed one', async () => {
      const { bot } = stage
      const { message_id, poll } = await bot.sendPoll(ana, 'Tea?', ['Yes', 'No'])
      await bot.stopPoll(ana, message_id)
      expect(await bot.getUpdates()).toMatchObject([{ poll: { id: poll?.id, is_closed: true } }])
    })
  })
}
