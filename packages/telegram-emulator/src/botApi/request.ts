import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { Upload } from './method.ts'

/** What a call brings, however it was sent: in the address, as a form, as JSON or in parts. */
export interface Brought {
  raw: Record<string, unknown>
  uploads: ReadonlyMap<string, Upload>
}

const nothing: ReadonlyMap<string, Upload> = new Map()

/** Parameters may stand in the address and in the body; the body wins. */
export async function brought(request: FastifyRequest): Promise<Brought> {
  const query = request.query as Record<string, unknown>
  if (request.isMultipart()) {
    const { fields, uploads } = await parts(request)
    return { raw: { ...query, ...fields }, uploads }
  }
  const body = request.body
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  return { raw: isObject ? { ...query, ...(body as Record<string, unknown>) } : query, uploads: nothing }
}

async function parts(
  request: FastifyRequest,
): Promise<{ fields: Record<string, unknown>; uploads: Map<string, Upload> }> {
  const fields: Record<string, unknown> = {}
  const uploads = new Map<string, Upload>()
  for await (const part of request.parts()) {
    if (part.type === 'field') fields[part.fieldname] = part.value
    else uploads.set(part.fieldname, await uploadOf(part))
  }
  return { fields, uploads }
}

const uploadOf = async (part: MultipartFile): Promise<Upload> => ({
  name: part.filename || part.fieldname,
  bytes: await part.toBuffer(),
})

/** What is recorded of a call: a file by its name and size. */
export function recorded({ raw, uploads }: Brought): Record<string, unknown> {
  if (uploads.size === 0) return raw
  const files = [...uploads].map(([part, { name, bytes }]) => [part, { file: name, bytes: bytes.length }])
  return { ...raw, ...Object.fromEntries(files) }
}
