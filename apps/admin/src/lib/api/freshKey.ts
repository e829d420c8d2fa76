/** A key no other request has. `crypto.randomUUID` is missing where a page is served without HTTPS. */
export function freshKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
