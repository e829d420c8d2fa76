import type { InputFile } from '../../src/index.ts'

/** The head of a PNG of this size, of which nobody looks at the rest; `bytes` is how long the file is to be. */
export function picture(width = 800, height = 400, bytes = 64): Uint8Array {
  const file = Buffer.alloc(bytes)
  file.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  file.writeUInt32BE(13, 8)
  file.write('IHDR', 12)
  file.writeUInt32BE(width, 16)
  file.writeUInt32BE(height, 20)
  return file
}

export const megabytes = (count: number): Uint8Array => Buffer.alloc(count * 1024 * 1024, 1)

export const words = (text: string): Uint8Array => Buffer.from(text)

/** A file as a person sends it. */
export const sent = (name: string, bytes: Uint8Array): InputFile => ({
  name,
  base64: Buffer.from(bytes).toString('base64'),
})
