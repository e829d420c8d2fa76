// P13: the dashboard in Chromium: script of the first load, long tasks in lists of 100 000 users, paints on a slow processor, a run that is followed.
// Build first (npm run build), then: npm run bench:dashboard [-- users seconds]
import { benchLists } from './dashboard/lists.mjs'
import { benchPaints } from './dashboard/paints.mjs'
import { benchRunPage } from './dashboard/runPage.mjs'
import { openSite } from './dashboard/site.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const [people = 100_000, seconds = 60] = process.argv.slice(2).map(Number)

const site = await openSite(people)
const { rows, firstLoad, longest } = await benchLists(site)
printTable(`${people.toLocaleString('en')} users in the browser`, rows)
printTable('On a processor four times as slow', await benchPaints(site))
printTable('A run for 10,000 people that is followed, 30 a second', [await benchRunPage(site, seconds)])
console.log(`
Script of the first load of a list: ${(firstLoad / 1000).toFixed(0)} kB gzip; goal 150.
Longest task while searching, sorting, paging and picking: ${longest.toFixed(0)} ms; goal 100.
Goals of the others: largest paint 1,200 ms, answer 200 ms, main thread busy less than 20 %, a heap that does not grow.`)
await site.close()
printVersions({ Chromium: site.version })
process.exit()
