import { ask, defineAction } from 'kamihi'

const forecasts: Record<string, string> = {
  'New York': 'sunny, 18 °C',
  Paris: 'cloudy, 12 °C',
  Madrid: 'clear, 21 °C',
}

export default defineAction({
  description: 'Tells the weather',
  args: {
    name: ask.string('What is your name?', { maxLength: 40 }),
    city: ask.choice('Which city?', Object.keys(forecasts)),
  },
  async run({ args }) {
    return `Hello ${args.name}: **${args.city}** is ${forecasts[args.city] ?? 'unknown to me'}.`
  },
})
