import type { TextEntity } from '@kamihi/contracts'
import type { Nodes, Parents, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

export interface FormattedText {
  text: string
  entities: TextEntity[]
}

/** `1. ` and `1) ` begin a list, and `www.` is a link even alone. */
const special = /^\d+[.)]|www/i

const grammar = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }

/** One line in which nothing can mean anything in Markdown: letters, digits, spaces and marks that stand for themselves. */
const plainLine = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{Sc},;?%'"/]| (?! )|[.:)!](?= |$))*$/u

/** Markdown as Telegram shows it: plain text and spans over it, which need no escaping. Offsets are UTF-16, as in JavaScript. */
export function formatMarkdown(markdown: string): FormattedText {
  // Most messages of a broadcast are such lines, and to parse one costs more than to send it.
  if (plainLine.test(markdown) && !special.test(markdown) && !markdown.endsWith(' '))
    return { text: markdown, entities: [] }
  return parseMarkdown(markdown)
}

/**
 * Quotes and lists in one another, or marks in a row, beyond what anybody writes. The parser's time for them grows with the square of their
 * number, and its stack ends: somebody's answer, repeated by an action, could stop the bot.
 */
const tooDeep =
  /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){21}|[^\s*_~][*_~]{100}|[*_~]{100}[^\s*_~]/m

/** The same by the grammar alone. What nests too deep is shown as it stands. */
export function parseMarkdown(markdown: string): FormattedText {
  if (tooDeep.test(markdown)) return { text: markdown.trimEnd(), entities: [] }
  const tree = fromMarkdown(markdown, grammar)
  const writer = new Writer()
  blocks(writer, tree)
  return writer.finish()
}

class Writer {
  text = ''
  entities: TextEntity[] = []

  write(text: string): void {
    this.text += text
  }

  span(type: string, more: Partial<TextEntity>, write: () => void): void {
    const offset = this.text.length
    const at = this.entities.length
    write()
    const length = this.text.length - offset
    if (length > 0) this.entities.splice(at, 0, { type, offset, length, ...more })
  }

  /** Telegram ignores white space at the ends; spans are cut to what is left. */
  finish(): FormattedText {
    const text = this.text.trimEnd()
    const entities = this.entities
      .filter((entity) => entity.offset < text.length)
      .map((entity) => ({ ...entity, length: Math.min(entity.length, text.length - entity.offset) }))
    return { text, entities }
  }
}

function blocks(writer: Writer, parent: Parents | Root): void {
  parent.children.forEach((child, index) => {
    if (index > 0) writer.text += '\n\n'
    block(writer, child)
  })
}

function block(writer: Writer, node: Nodes): void {
  switch (node.type) {
    case 'heading':
      return writer.span('bold', {}, () => inline(writer, node))
    case 'code':
      return writer.span('pre', node.lang ? { language: node.lang } : {}, () => {
        writer.text += node.value
      })
    case 'blockquote':
      return writer.span('blockquote', {}, () => blocks(writer, node))
    case 'list':
      return list(writer, node)
    case 'thematicBreak':
      writer.text += '———'
      return
    case 'table':
      return writer.span('pre', {}, () => {
        writer.text += node.children
          .map((row) => row.children.map((cell) => plain(cell)).join(' | '))
          .join('\n')
      })
    case 'html':
      writer.text += node.value
      return
    default:
      inline(writer, node)
  }
}

function list(writer: Writer, node: Extract<Nodes, { type: 'list' }>): void {
  node.children.forEach((item, index) => {
    if (index > 0) writer.text += '\n'
    const task = item.checked === true ? '✅ ' : item.checked === false ? '☑ ' : null
    writer.text += task ?? (node.ordered ? `${(node.start ?? 1) + index}. ` : '⦁ ')
    item.children.forEach((child, position) => {
      if (position > 0) writer.text += '\n'
      block(writer, child)
    })
  })
}

const spans: Partial<Record<Nodes['type'], string>> = {
  strong: 'bold',
  emphasis: 'italic',
  delete: 'strikethrough',
}

function inline(writer: Writer, node: Nodes): void {
  const type = spans[node.type]
  if (type) writer.span(type, {}, () => children(writer, node))
  else if (node.type === 'text' || node.type === 'html') spoilers(writer, node.value)
  else if (node.type === 'inlineCode') writer.span('code', {}, () => writer.write(node.value))
  else if (node.type === 'break') writer.text += '\n'
  else if (node.type === 'link') writer.span('text_link', { url: node.url }, () => children(writer, node))
  else if (node.type === 'image')
    writer.span('text_link', { url: node.url }, () => writer.write(`🖼 ${node.alt ?? ''}`))
  else children(writer, node)
}

function children(writer: Writer, node: Nodes): void {
  if ('children' in node) for (const child of node.children) inline(writer, child)
}

/** `||hidden||` is Telegram's own. */
function spoilers(writer: Writer, value: string): void {
  value.split(/\|\|(.+?)\|\|/s).forEach((piece, index) => {
    if (index % 2 === 1) writer.span('spoiler', {}, () => writer.write(piece))
    else writer.text += piece
  })
}

function plain(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map((child) => plain(child)).join('') : ''
}
