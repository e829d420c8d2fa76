import type { Texts } from '../index.ts'

export const time: Texts['time'] = {
  seconds: 's',
  minutes: 'min',
  hours: 'h',
  days: 'd',
  jobZone: 'Zona de la tarea',
  yourZone: 'Tu zona',
  botZone: 'Zona del bot',
  utc: 'UTC',
  showTimesIn: 'Mostrar horas en',
  dayLater: (days) => (days > 0 ? `+${days} d` : `−${-days} d`),
}
