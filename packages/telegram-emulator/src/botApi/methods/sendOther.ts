import { randomInt } from 'node:crypto'
import type { Location } from '../../shapes/media.ts'
import { badRequest } from '../answer.ts'
import { method } from '../method.ts'
import { integer, number, requiredText, text } from '../params.ts'
import { sendOne, sendParams } from '../send.ts'

const place = { latitude: number, longitude: number }

/** Highest value by emoji (Bot API, Dice). */
const dice: Record<string, number> = { '🎲': 6, '🎯': 6, '🎳': 6, '🏀': 5, '⚽': 5, '⚽️': 5, '🎰': 64 }

const wrongVenue = 'Wrong venue location specified'

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
      const location = pointOf({ latitude: params.latitude, longitude: params.longitude }, wrongVenue)
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

/** @throws BotApiError when a coordinate is missing or something is on no map (td, Location.cpp) */
export function locationOf(place: Place, isLive = Boolean(place.live_period)): Location {
  const location = pointOf(place, `Invalid ${isLive ? 'live ' : ''}location specified`)
  if (!isLive) return location
  checkLive(place)
  return { ...location, ...pick(place, ['live_period', 'heading', 'proximity_alert_radius']) }
}

function checkLive({ live_period: period, heading = 0, proximity_alert_radius: radius = 0 }: Place): void {
  if (period && period !== forEver && (period < 60 || period > 86_400))
    throw badRequest('Wrong live location period specified')
  if (heading < 0 || heading > 360) throw badRequest('Wrong live location heading specified')
  if (radius < 0 || radius > 100_000) throw badRequest('Wrong live location proximity alert radius specified')
}

/** A live location of this period never ends (Bot API, sendLocation). */
const forEver = 0x7fffffff

function pointOf(place: Place, wrong: string): Location {
  const { latitude, longitude } = place
  if (latitude === undefined) throw badRequest('latitude is empty')
  if (longitude === undefined) throw badRequest('longitude is empty')
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw badRequest(wrong)
  return { latitude, longitude, ...pick(place, ['horizontal_accuracy']) }
}

/** Those of the fields that are there and not empty. */
function pick<T extends object, K extends keyof T>(from: T, names: K[]): { [P in K]?: NonNullable<T[P]> } {
  return Object.fromEntries(names.flatMap((name) => (from[name] ? [[name, from[name]]] : []))) as {
    [P in K]?: NonNullable<T[P]>
  }
}
