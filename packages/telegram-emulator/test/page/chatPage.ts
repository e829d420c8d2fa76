import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { launchChromium } from '../../../../scripts/chromium.mjs'
import { createEmulator, type Emulator, type EmulatorControl } from '../../src/index.ts'

/** A name that would do harm if it were ever taken for HTML. */
export const script = '<img src=x onerror=alert(1)>'

export interface ChatPage {
  readonly emulator: Emulator
  readonly page: Page
  /** What the conversation shows. */
  readonly log: Locator
  readonly field: Locator
  /** Calls the Bot API as the bot would. */
  call<T = Record<string, never>>(method: string, params?: object): Promise<T>
  /** Calls it with files. */
  upload<T = Record<string, never>>(
    method: string,
    params: object,
    files: Record<string, [name: string, bytes: Uint8Array]>,
  ): Promise<T>
  /** Updates that wait for the bot, or the next ones; they are confirmed. */
  updates(): Promise<Record<string, never>[]>
  say(text: string): Promise<void>
  /** Ends the emulator and starts another at the same address, which `prepare` fills. */
  restart(prepare: (control: EmulatorControl) => Promise<void>): Promise<void>
  /** Points at a message and opens the menu of what can be done with it. */
  menuOf(text: string): Promise<Locator>
}

interface Window {
  readonly page: Page
  /** What went wrong in it since the test began. */
  readonly complaints: string[]
}

export interface ChatPageOptions {
  /** What is after the address of the page. */
  query?: string
  viewport?: { width: number; height: number }
  colorScheme?: 'light' | 'dark'
}

/** One window for all files of a worker: a new one costs more than most of the tests. */
const inWindow = test.extend(
  'window',
  { scope: 'worker' },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it that no other fixture is needed
  async ({}, { onCleanup }) => {
    const browser = await launchChromium()
    onCleanup(() => browser.close())
    return openWindow(browser)
  },
)

async function openWindow(browser: Browser): Promise<Window> {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return { page, complaints: watch(page) }
}

/**
 * Before each test the page of a new emulator: Ana (7), whom one is, Luis (8), and somebody with a harmful name (9).
 * The window is that of the test before; the page has another port, so it is another origin.
 */
export function useChatPage({
  query = '',
  viewport = { width: 1280, height: 720 },
  colorScheme = 'light',
}: ChatPageOptions = {}): ChatPage {
  let emulator: Emulator
  let page: Page
  let complaints: string[]
  inWindow.beforeAll(({ window }) => {
    page = window.page
    complaints = window.complaints
  })
  beforeEach(async () => {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    emulator = await createEmulator({ port: 0 })
    await emulator.control.addUser({ id: 7, firstName: 'Ana' })
    await emulator.control.addUser({ id: 8, firstName: 'Luis', lastName: 'Prado' })
    await emulator.control.addUser({ id: 9, firstName: script, started: false })
    await page.goto(`${emulator.pageUrl}${query}`)
    await page.getByText('Nothing was said yet').first().waitFor({ state: 'attached' })
  })
  afterEach(async () => {
    await leave(page)
    await emulator.close()
    expect(complaints.splice(0)).toEqual([])
  })

  const answered = async (method: string, body: RequestInit): Promise<never> => {
    const answer = await fetch(`${emulator.url}/bot${emulator.token}/${method}`, { method: 'POST', ...body })
    return ((await answer.json()) as { result: never }).result
  }
  const chat: ChatPage = {
    get emulator() {
      return emulator
    },
    get page() {
      return page
    },
    get log() {
      return page.getByRole('log')
    },
    get field() {
      return page.getByLabel('Message', { exact: true })
    },
    call: (method, params = {}) =>
      answered(method, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(params),
      }),
    async upload(method, params, files) {
      const form = new FormData()
      for (const [name, value] of Object.entries(params))
        form.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
      for (const [field, [name, bytes]] of Object.entries(files))
        form.set(field, new File([new Uint8Array(bytes)], name))
      return answered(method, { body: form })
    },
    async updates() {
      const updates = await chat.call<{ update_id: number }[]>('getUpdates', { timeout: 15 })
      const last = updates.at(-1)
      if (last) await chat.call('getUpdates', { offset: last.update_id + 1 })
      return updates as unknown as Record<string, never>[]
    },
    async say(text) {
      await chat.field.fill(text)
      await page.keyboard.press('Enter')
      await chat.log.getByText(text).first().waitFor()
    },
    async restart(prepare) {
      await emulator.close()
      await page.getByText('Waiting for the bot to be started').waitFor()
      emulator = await createEmulator({ port: Number(new URL(emulator.url).port) })
      await prepare(emulator.control)
    },
    async menuOf(text) {
      const message = chat.log.getByRole('article').filter({ hasText: text }).last()
      await message.hover()
      await message.getByRole('button', { name: 'More', exact: true }).click()
      return page.getByRole('menu', { name: 'Message actions' })
    },
  }
  return chat
}

/** Leaves nothing of a test in the window. */
async function leave(page: Page): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.evaluate('localStorage.clear()')
  await page.goto('about:blank')
}

/** Errors of the console and of scripts, dialogs that nobody asked for, and requests to other hosts. */
function watch(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    // The browser reports each refused request; what the page says about it is tested instead.
    if (
      message.type() === 'error' &&
      !/status of 400|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED/.test(message.text())
    )
      complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('dialog', (dialog) => {
    complaints.push(`a script ran: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!/^(http:\/\/localhost:|data:|blob:)/.test(request.url())) complaints.push(`asks ${request.url()}`)
  })
  return complaints
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds, as lines that tell where and why. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate('Boolean(window.axe)'))) await page.evaluate(axe)
  return page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? ''))))`,
  )
}
