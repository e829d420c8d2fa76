import { type Attachment, mostInAlbum } from './attachments.ts'

/** Files that go together: photos in albums of up to ten, all others by themselves. */
export function parcelsOf({ files, asFiles }: { files: Attachment[]; asFiles: boolean }): Attachment[][] {
  const isPhoto = ({ as }: Attachment) => as === 'photo' && !asFiles
  const photos = files.filter(isPhoto)
  const albums: Attachment[][] = []
  for (let at = 0; at < photos.length; at += mostInAlbum) albums.push(photos.slice(at, at + mostInAlbum))
  const others = files
    .filter((file) => !isPhoto(file))
    .map((file) => [asFiles && file.as === 'photo' ? { ...file, as: 'document' as const } : file])
  return [...albums, ...others]
}
