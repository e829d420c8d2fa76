/** The clipboard of the browser is there only on loopback and with HTTPS; elsewhere the old way does it. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  const host = document.querySelector('dialog[open]') ?? document.body
  host.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}
