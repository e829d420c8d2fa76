import type { Attachment, SentAs } from './attachments.ts'

/** @param as null: a picture is a photo, everything else a document */
export async function readAttachment(file: File, as: SentAs | null = null): Promise<Attachment> {
  const dataUrl = await readDataUrl(file)
  const isPicture = /^image\/(jpeg|png|gif|webp)$/.test(file.type)
  return {
    name: file.name || 'file',
    base64: dataUrl.slice(dataUrl.indexOf(',') + 1),
    dataUrl,
    size: file.size,
    isPicture,
    as: as ?? (isPicture ? 'photo' : 'document'),
  }
}

const readDataUrl = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(new Error(`"${file.name}" cannot be read.`))
    reader.readAsDataURL(file)
  })
