import { expect, it } from 'vitest'
import { startTestApi } from '../api.ts'

it('shows the reference of the API as a page without anything inline or from another host', async () => {
  const api = await startTestApi()
  await api.token('viewer')
  const headers = { authorization: `Bearer ${await api.token('owner')}` }
  const page = await api.fetch('/api/docs', { headers })
  const html = await page.text()
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self';style-src 'self'/)
  expect(html).not.toMatch(/<script(?![^>]*src=)|<style|style="|\son\w+="|https?:/)
  const assets = [...html.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/g)].map(([, path = '']) => path)
  expect(assets).toHaveLength(2)
  for (const path of assets) {
    const asset = await api.fetch(path, { headers })
    expect([path, asset.status]).toEqual([path, 200])
    expect(await asset.text()).not.toMatch(/innerHTML|eval\(|https?:\/\//)
  }
})

it('keeps the strict policy for everything else of the API', async () => {
  const api = await startTestApi()
  for (const path of ['/api/v1/openapi.json', '/api/docs-of-others', '/api/docs/../v1/users'])
    expect((await api.fetch(path)).headers.get('content-security-policy')).toBe(
      "default-src 'none'; frame-ancestors 'none'",
    )
})
