import type { Media } from '../../src/shapes/media.ts'
import type { EmulatedMessage, Service } from '../../src/shapes/messages.ts'

type NameOf = (id: number) => string

/** A message in a few words, for the list of conversations and for quotes. */
export function messageWords(message: EmulatedMessage, nameOf: NameOf): string {
  if (message.service) return serviceWords(message.service, nameOf)
  const text = message.text.replaceAll(/\s+/g, ' ').trim()
  if (!message.media) return text
  const words = mediaWords(message.media)
  return text === '' ? words : `${words}: ${text}`
}

export function mediaWords(media: Media): string {
  switch (media.kind) {
    case 'photo':
      return 'Photo'
    case 'video':
      return 'Video'
    case 'animation':
      return 'GIF'
    case 'video_note':
      return 'Video message'
    case 'voice':
      return 'Voice message'
    case 'audio':
      return media.audio.title ?? media.audio.file_name ?? 'Audio'
    case 'document':
      return media.document.file_name ?? 'Document'
    case 'sticker':
      return `${media.sticker.emoji ?? ''} Sticker`.trim()
    case 'location':
      return media.location.live_period ? 'Live location' : 'Location'
    case 'venue':
      return media.venue.title
    case 'contact':
      return `Contact: ${media.contact.first_name}`
    case 'dice':
      return `${media.dice.emoji} ${media.dice.value}`
    case 'poll':
      return `${media.poll.type === 'quiz' ? 'Quiz' : 'Poll'}: ${media.poll.question}`
  }
}

export function serviceWords(service: Service, nameOf: NameOf): string {
  switch (service.kind) {
    case 'joined':
      return `${service.userIds.map(nameOf).join(', ')} joined`
    case 'left':
      return `${nameOf(service.userId)} left`
    case 'pinned':
      return 'A message was pinned'
    case 'migratedTo':
      return 'The group has become a supergroup'
    case 'migratedFrom':
      return 'This supergroup was a group before'
  }
}

const actions: Record<string, string> = {
  typing: 'is typing',
  upload_photo: 'is sending a photo',
  record_video: 'is recording a video',
  upload_video: 'is sending a video',
  record_voice: 'is recording a voice message',
  upload_voice: 'is sending a voice message',
  upload_document: 'is sending a file',
  choose_sticker: 'is choosing a sticker',
  find_location: 'is looking for a place',
  record_video_note: 'is recording a video message',
  upload_video_note: 'is sending a video message',
}

/** What the bot is said to be doing. */
export const actionWords = (action: string): string => `${actions[action] ?? 'is busy'} …`
