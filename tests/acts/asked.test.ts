import { expect, test } from 'vitest'
import { askedBy } from '../../functions/acts/acts.ts'
import { askedOf, openNotice } from '../../functions/acts/notices.ts'
import { byArrival, readArrivals } from '../../infra/local/arrivals.ts'
import { CAUGHT } from '../../infra/local/outbox.ts'
import { sampleCaseload } from '../../infra/local/sample/caseload.ts'
import { openTimeline } from '../../infra/local/timeline.ts'
import { londonTime } from '../../shared/calendar/london.ts'
import { rowsOf } from '../../shared/duties/catalogue.ts'
import { noticeName } from '../../shared/messages/links.ts'
import { rulesWith } from '../../shared/planning/rules.ts'
import { sqliteStore } from '../../shared/store/sqlite.ts'

/**
 * Ask × reader × act, in everything that the sample caseload is told: whoever is asked for something finds it at the
 * link of the message, and may do it.
 */

/** In these steps one row asks for an act, and another, which speaks to these, does not. */
const ASKED_OTHERWISE = ['FAX-01 unread probation-office', 'SP-02 lapsed holder']
const UNTIL = londonTime('2027-06-01', '00:00')

test('whoever is asked for something can do it where the message leads', async () => {
  const { arrivals } = await readArrivals(sampleCaseload().map((event) => JSON.stringify(event)))
  const coming = arrivals.sort(byArrival)
  const store = sqliteStore(':memory:')
  const settings = rulesWith({ goLive: coming[0]?.at ?? 0 })
  const rules = () => settings
  const timeline = openTimeline({ coming, store, channels: CAUGHT, rules })
  const ports = { store, rules, now: timeline.now }
  const done = new Set<string>()
  const asked = new Set<string>()

  for (let at = await timeline.ahead(); at !== undefined && at <= UNTIL; at = await timeline.ahead()) {
    const { outcomes } = await timeline.goTo(at)
    for (const { casefile, entry } of outcomes) {
      if (entry.is !== 'sent' || entry.role === 'person') continue
      const who = `${entry.duty} ${entry.step} ${entry.role}`
      const events = rowsOf(entry).flatMap((row) => [
        ...askedBy(row).map(({ event }) => event),
        ...(row.answers ?? []).map(({ type }) => type),
      ])
      const cells = [...new Set(events)].map((event) => `${who}: ${event}`)
      if (ASKED_OTHERWISE.includes(who) || cells.every((cell) => done.has(cell))) continue
      for (const cell of cells) asked.add(cell)
      const notice = await openNotice(casefile, noticeName(entry.noticeId), ports)
      const offers = notice?.givenTo.includes(entry.to) ? askedOf(notice, [entry.to]) : []
      for (const { act } of offers) done.add(`${who}: ${act.event}`)
    }
  }
  store.close()
  expect(asked.size).toBeGreaterThan(60)
  expect([...asked].filter((cell) => !done.has(cell))).toEqual([])
})
