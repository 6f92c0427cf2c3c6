import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Forms filled in as people fill them in: what is written in each box, and what is ticked. */

export type Boxes = Readonly<Record<string, string | true>>

/** The three boxes of a day. */
export function day(name: string, date: string): Boxes {
  const [y = '', m = '', d = ''] = date.split('-')
  return { [`${name}-day`]: d, [`${name}-month`]: m, [`${name}-year`]: y }
}

export async function heading(page: Page): Promise<string | undefined> {
  return (await page.getByRole('heading', { level: 1 }).textContent())?.trim()
}

/** Does an act whose link stands on the page, be it folded away. `look` is shown its form, and what is checked before it is sent. */
export async function doAct(
  page: Page,
  event: string,
  boxes: Boxes,
  look?: (state: '' | '-check') => Promise<void>,
): Promise<void> {
  const ways = `a[href*="/acts/${event}"], form[action*="/acts/${event}"] button`
  const way = page.locator('main').locator(ways).first()
  await way.waitFor({ state: 'attached' })
  if (!(await way.isVisible()))
    await page
      .locator('main details')
      .filter({ has: page.locator(ways) })
      .first()
      .locator('summary')
      .click()
  await way.click()
  await look?.('')
  await sendForm(page, event, boxes, look)
}

/** Fills in the form of an act, looks at what was said, and sends it; where nothing is asked, its button is enough. */
export async function sendForm(
  page: Page,
  event: string,
  boxes: Boxes,
  look?: (state: '-check') => Promise<void>,
): Promise<void> {
  for (const [name, value] of Object.entries(boxes)) {
    const option = page.locator(`input[type=radio][name="${name}"][value="${value}"]`)
    if (value === true) await page.locator(`[name="${name}"]`).check()
    else if ((await option.count()) > 0) await option.check()
    else await page.locator(`[name="${name}"]`).fill(value)
  }
  if (Object.keys(boxes).length > 0) {
    await page.locator('main button[value="check"]').click()
    await look?.('-check')
  }
  await page.locator('main button[value="do"]').click()
  expect(await heading(page), event).toBe('Recorded')
}
