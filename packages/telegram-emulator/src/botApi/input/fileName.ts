import { extname } from 'node:path'

/** Letters of a name, and of its extension with the dot (td/utils/filesystem.cpp, `clean_filename`). */
const longestStem = 64
const longestExtension = 16

/** The name under which Telegram keeps a file: decoded as from an address, without what no name may have, not too long. */
export function cleanFileName(name: string): string {
  const decoded = fromAddress(name)
    .replace(/[\p{Cc}"*/:<>?\\|]/gu, ' ')
    .trim()
  const extension = extname(decoded).slice(0, longestExtension)
  const stem = decoded.slice(0, decoded.length - extname(decoded).length).replace(/^[. ]+|[. ]+$/g, '')
  return `${stem.slice(0, longestStem)}${extension}` || 'file'
}

function fromAddress(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
