import { defineAction } from 'kamihi'

export default defineAction({
  description: 'Says hello',
  async run({ user }) {
    return `Hello **${user?.name ?? 'there'}**, I'm your friendly bot. Try /weather.`
  },
})
