import { randomInt } from 'node:crypto'
import type { Location } from '../../shapes/media.ts'
import { badRequest } from '../answer.ts'
import { method } from '../method.ts'
import { integer, number, requiredText, text } from '../params.ts'
import { sendOne, sendParams } from '../send.ts'

const place = { latitude: number, longitude: number }

/** Highest value by emoji (Bot API, Dice). */
const dice: Record<string, number> = { '🎲': 6, '🎯': 6, '🎳': 6, '🏀': 5, '⚽': 5, '⚽️': 5, '🎰': 64 }

const noText = { text: '', entities: [] }

export const sendOtherMethods = [
  method(
    'sendLocation',
    {
      ...sendParams,
      ...place,
      horizontal_accuracy: number,
      live_period: integer,
      heading: integer,
      proximity_alert_radius: integer,
    },
    (world, params) =>
      sendOne(world, params, { ...noText, media: { kind: 'location', location: locationOf(params) } }),
  ),
  method(
    'sendVenue',
    {
      ...sendParams,
      ...place,
      title: requiredText('title'),
      address: requiredText('address'),
      foursquare_id: text,
      foursquare_type: text,
      google_place_id: text,
      google_place_type: text,
    },
    (world, params) => {
      const { title, address } = params
      const location = locationOf({ latitude: params.latitude, longitude: params.longitude })
      const ids = pick(params, ['foursquare_id', 'foursquare_type', 'google_place_id', 'google_place_type'])
      return sendOne(world, params, {
        ...noText,
        media: { kind: 'venue', venue: { location, title, address, ...ids } },
      })
    },
  ),
  method(
    'sendContact',
    {
      ...sendParams,
      phone_number: requiredText('phone_number'),
      first_name: requiredText('first_name'),
      last_name: text,
      vcard: text,
    },
    (world, params) => {
      const { phone_number, first_name } = params
      const contact = { phone_number, first_name, ...pick(params, ['last_name', 'vcard']) }
      return sendOne(world, params, { ...noText, media: { kind: 'contact', contact } })
    },
  ),
  method('sendDice', { ...sendParams, emoji: text }, (world, params) => {
    const emoji = params.emoji || '🎲'
    const most = dice[emoji]
    if (!most) throw badRequest('EMOTICON_INVALID')
    return sendOne(world, params, {
      ...noText,
      media: { kind: 'dice', dice: { emoji, value: randomInt(1, most + 1) } },
    })
  }),
]

interface Place {
  latitude?: number | undefined
  longitude?: number | undefined
  horizontal_accuracy?: number | undefined
  live_period?: number | undefined
  heading?: number | undefined
  proximity_alert_radius?: number | undefined
}

/** @throws BotApiError when a coordinate is missing or on no map */
export function locationOf(place: Place): Location {
  const { latitude, longitude } = place
  if (latitude === undefined) throw badRequest('latitude is empty')
  if (longitude === undefined) throw badRequest('longitude is empty')
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw badRequest('wrong latitude or longitude')
  const { live_period: period } = place
  if (period && period !== 0x7fffffff && (period < 60 || period > 86_400))
    throw badRequest('wrong live location period specified')
  const more = pick(place, ['horizontal_accuracy', 'live_period', 'heading', 'proximity_alert_radius'])
  return { latitude, longitude, ...more }
}

/** Those of the fields that are there and not empty. */
function pick<T extends object, K extends keyof T>(from: T, names: K[]): { [P in K]?: NonNullable<T[P]> } {
  return Object.fromEntries(names.flatMap((name) => (from[name] ? [[name, from[name]]] : []))) as {
    [P in K]?: NonNullable<T[P]>
  }
}
