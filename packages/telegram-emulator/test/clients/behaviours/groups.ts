import { describe, expect, it } from 'vitest'
import { ana, luis, type Stage, soon } from '../stage.ts'

export function describeGroups(stage: Stage): void {
  describe('in groups', () => {
    it('hears the commands that are meant for it, and answers there', async () => {
      const { bot, control } = stage
      const heard: string[] = []
      bot.onCommand('hello', ({ message, reply }) => {
        heard.push(message.text ?? '')
        return reply(`Hello all, ${message.chat.id}`)
      })
      bot.onMessage(({ message }) => void heard.push(`unexpected: ${message.text}`))
      const { id } = await control.addChat({ title: 'Friends', members: [ana, luis] })
      const { username } = await control.bot()
      await stage.start()
      await control.say(ana, 'nobody asked you', { chatId: id })
      await control.command(luis, 'hello@other_bot', { chatId: id })
      await control.command(luis, `hello@${username}`, { chatId: id })
      await control.waitForMessage(id, ({ text }) => text === `Hello all, ${id}`)
      expect(heard).toEqual([`/hello@${username}`])
    })

    it('hears everything as an administrator', async () => {
      const { bot, control } = stage
      bot.onMessage(({ message, reply }) =>
        message.text ? reply(`${message.from?.first_name}: ${message.text}`) : undefined,
      )
      const { id } = await control.addChat({
        type: 'supergroup',
        title: 'Friends',
        members: [ana, luis],
        botStatus: 'administrator',
      })
      await stage.start()
      await control.say(luis, 'hi all', { chatId: id })
      await control.waitForMessage(id, ({ text }) => text === 'Luis: hi all')
    })

    it('hears an inline button that is pressed there', async () => {
      const { bot, control } = stage
      bot.onPress(({ data, edit }) => edit(`Somebody chose ${data}`))
      const { id } = await control.addChat({ title: 'Friends', members: [ana, luis] })
      await stage.start()
      const { message_id } = await bot.sendText(id, 'Well?', { buttons: [[['A', 'a']]] })
      await control.click(luis, message_id, 'a', { chatId: id })
      await control.waitForMessage(id, ({ text }) => text === 'Somebody chose a')
    })

    it('is told where a group has gone that became a supergroup', async () => {
      const { bot, control } = stage
      const moved: number[] = []
      bot.onMessage(({ message }) => {
        if (message.migrate_to_chat_id) moved.push(message.migrate_to_chat_id)
      })
      const { id } = await control.addChat({ title: 'Friends', members: [ana, luis] })
      await stage.start()
      const upgraded = await control.migrate(id)
      expect(await stage.refusal(bot.sendText(id, 'hi'))).toEqual({
        code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: upgraded.id },
      })
      expect((await bot.sendText(upgraded.id, 'hi')).chat.id).toBe(upgraded.id)
      await soon(() => moved).toEqual([upgraded.id])
    })

    it('is told that it was thrown out', async () => {
      const { bot, control } = stage
      const { id } = await control.addChat({ title: 'Friends', members: [ana] })
      await control.setBotStatus(id, 'kicked')
      expect(await stage.refusal(bot.sendText(id, 'hi'))).toMatchObject({
        code: 403,
        description: 'Forbidden: bot was kicked from the group chat',
      })
    })
  })

  describe('with members', () => {
    it('hears that a person blocks it and lets it in again', async () => {
      const { bot, control } = stage
      const heard: string[] = []
      bot.on('my_chat_member', ({ chat, old_chat_member: before, new_chat_member: after }) => {
        if (chat.id === ana) heard.push(`${before.status} > ${after.status}`)
      })
      await stage.start()
      await control.block(ana)
      await control.unblock(ana)
      await soon(() => heard).toEqual(['member > kicked', 'kicked > member'])
    })

    it('hears who comes and goes when it asks for that, and can look them up', async () => {
      const { bot, control } = stage
      const heard: string[] = []
      bot.on(
        'chat_member',
        ({ new_chat_member: { user, status } }) => void heard.push(`${user.id} ${status}`),
      )
      const { id } = await control.addChat({
        type: 'supergroup',
        title: 'Friends',
        members: [ana],
        botStatus: 'administrator',
      })
      await stage.start(bot, ['message', 'chat_member'])
      expect(await bot.memberStatus(id, luis)).toBe('left')
      await control.join(luis, id)
      expect(await bot.memberStatus(id, luis)).toBe('member')
      await control.leave(luis, id)
      await soon(() => heard).toEqual([`${luis} member`, `${luis} left`])
      expect(await bot.memberStatus(id, ana)).toBe('creator')
      expect(await bot.memberStatus(id, (await control.bot()).id)).toBe('administrator')
    })

    it('sees who has joined in a message of the group', async () => {
      const { bot, control } = stage
      const joined: number[] = []
      bot.onMessage(({ message: { new_chat_members: members } }) => {
        joined.push(...(members ?? []).map(({ id }) => id))
      })
      const { id } = await control.addChat({ title: 'Friends', members: [ana] })
      await stage.start()
      await control.join(luis, id)
      await soon(() => joined).toEqual([luis])
    })
  })
}
