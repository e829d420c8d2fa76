import { createClient } from '@kamihi/contracts/client'
import type { BrowserContext } from 'playwright-core'
import type { RunningBot } from './bot.ts'

export const owner = { username: 'ana', password: 'correct horse battery staple' }

/** Makes the owner over the API and signs the browser in as them. */
export async function signIn(context: BrowserContext, bot: RunningBot): Promise<void> {
  const token = new URLSearchParams(new URL(bot.setUpLink).hash.slice(1)).get('token')
  const answer = await context.request.post(`${bot.dashboard}/api/v1/setup`, {
    data: { token, ...owner },
    headers: { origin: bot.dashboard },
  })
  if (!answer.ok()) throw new Error(await answer.text())
}

/** The API as the browser's session sees it. */
export const apiOf = (context: BrowserContext, bot: RunningBot) =>
  createClient({
    baseUrl: bot.dashboard,
    fetch: async (url, init) => {
      const answer = await context.request.fetch(String(url), {
        method: init?.method ?? 'GET',
        headers: { ...(init?.headers as Record<string, string>), origin: bot.dashboard },
        ...(typeof init?.body === 'string' ? { data: init.body } : {}),
      })
      const body = answer.status() === 204 ? null : await answer.text()
      return new Response(body, { status: answer.status(), headers: answer.headers() })
    },
  })
