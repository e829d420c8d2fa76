import { describe, expect, it } from 'vitest'
import { ana, type Stage } from '../stage.ts'

export function describePlaces(stage: Stage): void {
  describe('with places and contacts', () => {
    it('sends a location and a contact', async () => {
      const { bot, control } = stage
      const place = await bot.sendLocation(ana, 40.4168, -3.7038)
      const contact = await bot.sendContact(ana, '+34600000000', 'Luis')
      expect(place.location).toEqual({ latitude: 40.4168, longitude: -3.7038 })
      expect(contact.contact).toEqual({ phone_number: '+34600000000', first_name: 'Luis' })
      expect((await control.messages(ana)).map(({ media }) => media)).toEqual([
        { kind: 'location', location: place.location },
        { kind: 'contact', contact: contact.contact },
      ])
    })

    it('asks for a location and gets it', async () => {
      const { bot, control } = stage
      bot.onMessage(({ message: { location }, reply }) =>
        location
          ? reply(`You are at ${location.latitude}, ${location.longitude}`)
          : reply('Where are you?', { keyboard: { askLocation: 'Here' } }),
      )
      await stage.start()
      await control.say(ana, 'hi')
      const asked = await control.waitForMessage(ana, ({ from }) => from === 'bot')
      expect(asked.replyMarkup?.keyboard).toMatchObject([[{ text: 'Here', request_location: true }]])
      await control.sendLocation(ana, { latitude: 1.5, longitude: -2.25 })
      await control.waitForMessage(ana, ({ text }) => text === 'You are at 1.5, -2.25')
    })

    it('asks for the own contact of a person and gets it', async () => {
      const { bot, control } = stage
      await control.addUser({ id: ana, firstName: 'Ana', phoneNumber: '+34611111111' })
      bot.onMessage(({ message: { contact, from }, reply }) =>
        contact
          ? reply(`${contact.phone_number} is ${contact.user_id === from?.id ? 'yours' : 'not yours'}`)
          : reply('Your number?', { keyboard: { askContact: 'Share' } }),
      )
      await stage.start()
      await control.say(ana, 'hi')
      const asked = await control.waitForMessage(ana, ({ from }) => from === 'bot')
      expect(asked.replyMarkup?.keyboard).toMatchObject([[{ text: 'Share', request_contact: true }]])
      await control.sendContact(ana)
      await control.waitForMessage(ana, ({ text }) => text === '+34611111111 is yours')
    })
  })
}
