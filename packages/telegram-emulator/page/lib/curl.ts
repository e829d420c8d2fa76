import type { RecordedCall } from '../../src/shapes/events.ts'

/** A call as a line for a shell. Of an uploaded file only the name is known, so it stands as it was recorded. */
export function curlOf({ method, params }: RecordedCall, origin: string, token: string): string {
  const address = `${origin}/bot${token}/${method}`
  if (Object.keys(params).length === 0) return `curl ${quoted(address)}`
  return [
    `curl ${quoted(address)}`,
    `-H ${quoted('content-type: application/json')}`,
    `-d ${quoted(JSON.stringify(params))}`,
  ].join(' ')
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
