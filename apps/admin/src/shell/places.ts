import BookOpen from '@lucide/svelte/icons/book-open'
import CalendarClock from '@lucide/svelte/icons/calendar-clock'
import CalendarDays from '@lucide/svelte/icons/calendar-days'
import History from '@lucide/svelte/icons/history'
import House from '@lucide/svelte/icons/house'
import KeyRound from '@lucide/svelte/icons/key-round'
import MessageCircle from '@lucide/svelte/icons/message-circle'
import ScrollText from '@lucide/svelte/icons/scroll-text'
import SettingsIcon from '@lucide/svelte/icons/settings'
import Tags from '@lucide/svelte/icons/tags'
import Users from '@lucide/svelte/icons/users'
import Zap from '@lucide/svelte/icons/zap'
import type { Texts } from '../texts/index.ts'

/** A page that can be gone to from everywhere. */
export interface Place {
  href: string
  /** Key of its name among the texts. */
  name: keyof Texts['shell']['places']
  Icon: typeof Zap
  /** Goes there after `g`. */
  key?: string
  /** Opens in a tab of its own: it is no page of the dashboard. */
  external?: boolean
  /** Stands in the bottom bar of a narrow screen; the others are behind More. */
  inBar?: boolean
}

const documentation = 'https://github.com/kamihi-org/kamihi-ts/tree/main/docs#readme'
const daily: Place[] = [
  { href: '/', name: 'home', Icon: House, key: 'h', inBar: true },
  { href: '/jobs', name: 'jobs', Icon: CalendarClock, key: 'j', inBar: true },
  { href: '/runs', name: 'runs', Icon: History, key: 'r', inBar: true },
  { href: '/schedule', name: 'schedule', Icon: CalendarDays, key: 's' },
]
const people: Place[] = [
  { href: '/users', name: 'users', Icon: Users, key: 'u' },
  { href: '/roles', name: 'roles', Icon: Tags, key: 'o' },
  { href: '/permissions', name: 'permissions', Icon: KeyRound, key: 'p' },
  { href: '/actions', name: 'actions', Icon: Zap, key: 'a' },
]
const instance: Place[] = [
  { href: '/audit', name: 'audit', Icon: ScrollText },
  { href: '/settings', name: 'settings', Icon: SettingsIcon },
  { href: documentation, name: 'documentation', Icon: BookOpen, external: true },
]

/** All places in their order, in groups that belong together; the chat only while the emulator is on. */
export function placesOf(chatUrl: string | null): Place[][] {
  const chat: Place[] = chatUrl
    ? [{ href: chatUrl, name: 'chat', Icon: MessageCircle, key: 'c', external: true, inBar: true }]
    : []
  return [[...daily, ...chat], people, instance]
}

/** Whether an address is of a place, or of a page below it. */
export const isAt = ({ href, external }: Place, pathname: string): boolean => {
  if (external) return false
  if (href === '/') return pathname === '/'
  // How the bot is stands among its settings, under an address of its own.
  return `${pathname}/`.startsWith(`${href}/`) || (href === '/settings' && pathname === '/status')
}
