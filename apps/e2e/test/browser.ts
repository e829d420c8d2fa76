import type { Browser, BrowserContext, Page } from 'playwright-core'
import { test } from 'vitest'
import { launchChromium } from '../../../scripts/chromium.mjs'

let browser: Promise<Browser> | undefined

/** The Chromium of this machine: one for all files of a worker. What a file opens in it, it closes. */
export const openBrowser = (): Promise<Browser> => {
  browser ??= launchChromium()
  return browser
}

/** Closes it when the last file of the worker has ended. */
export const closing = test.extend(
  'end',
  { scope: 'worker' },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it that no other fixture is needed
  async ({}, { onCleanup }) => {
    onCleanup(async () => (await browser)?.close())
    return 'closed'
  },
)

// The browser reports every refused request on its console; what the page says about it is tested instead.
const refusals = /^Failed to load resource: the server responded with a status of (401|409|422)/

const noteRefusals = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('The policy refuses ' + event.effectiveDirective + ': ' + event.blockedURI))`

export interface Watched {
  page: Page
  /** Errors of the console, of scripts, what the content security policy refused, and requests to other hosts. */
  complaints: string[]
}

/** A page that notes whatever goes wrong in it. */
export async function openPage(context: BrowserContext): Promise<Watched> {
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !refusals.test(message.text()))
      complaints.push(`${message.text()} ${message.location().url}`)
  })
  await page.addInitScript(noteRefusals)
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    if (!/^(http:\/\/localhost:|data:|blob:)/.test(request.url())) complaints.push(`asks ${request.url()}`)
  })
  return { page, complaints }
}
