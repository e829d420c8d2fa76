/** One message of an event stream. */
export interface StreamMessage {
  id: string | null
  event: string
  data: string
}

/**
 * Reads `text/event-stream` piece by piece (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * Feed it what has arrived; it gives the messages that are complete and keeps the rest.
 */
export function createStreamParser(): (chunk: string) => StreamMessage[] {
  let rest = ''
  return (chunk) => {
    const blocks = `${rest}${chunk}`.replaceAll('\r\n', '\n').split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.flatMap((block) => {
      const message = messageOf(block)
      return message ? [message] : []
    })
  }
}

function messageOf(block: string): StreamMessage | null {
  const message: StreamMessage = { id: null, event: 'message', data: '' }
  const data: string[] = []
  for (const line of block.split('\n')) {
    const [name = '', value = ''] = splitOnce(line)
    if (name === 'data') data.push(value)
    else if (name === 'event') message.event = value
    else if (name === 'id') message.id = value
  }
  return data.length > 0 ? { ...message, data: data.join('\n') } : null
}

function splitOnce(line: string): [string, string] {
  const at = line.indexOf(':')
  if (at < 0) return [line, '']
  return [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')]
}
