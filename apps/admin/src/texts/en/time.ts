import { spoken } from '../spoken.ts'
/** Words about time that `Intl` does not have. */
export const time = spoken('time', {
  seconds: 's',
  minutes: 'min',
  hours: 'h',
  days: 'd',
  jobZone: 'Job’s zone',
  yourZone: 'Your zone',
  botZone: 'Bot’s zone',
  utc: 'UTC',
  showTimesIn: 'Show times in',
  dayLater: (days: number) => (days > 0 ? `+${days} d` : `−${-days} d`),
})
