import type { PhotoSize } from '../../src/shapes/media.ts'

/** `812 B`, `1.4 KB`, `20 MB`. */
export function sizeWords(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB']
  let size = bytes
  let unit = 0
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${unit > 0 && size < 10 ? size.toFixed(1).replace('.0', '') : Math.round(size)} ${units[unit]}`
}

/** `0:07`, `1:02:03`. */
export function durationWords(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, index) => (index === 0 ? part : String(part).padStart(2, '0'))).join(':')
}

const most = { width: 400, height: 380 }
const leastWidth = 140

/** Width in px at which a picture is shown: all of it in sight, and not too small to see. */
export function shownWidth(width: number, height: number): number {
  if (width <= 0 || height <= 0) return leastWidth
  const fitting = Math.min(width, most.width, (most.height * width) / height)
  return Math.round(Math.max(leastWidth, fitting))
}

export const largestOf = (photo: PhotoSize[]): PhotoSize | undefined =>
  photo.toSorted((a, b) => a.width - b.width).at(-1)

/** Where a place is on a map; nothing is asked of it before somebody follows the link. */
export const mapLink = ({ latitude, longitude }: { latitude: number; longitude: number }): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`

export const fileUrl = (fileId: string): string => `/_emu/files/${encodeURIComponent(fileId)}`
