/**
 * How a process touches the world: one call at a time, each of which others may come before or after.
 * `does` says in words what the call does.
 */
export type Step = <T>(does: string, act: () => Promise<T>) => Promise<T>

/** Something that runs beside others. Given the same answers it must take the same steps. */
export type Process = {
  readonly name: string
  readonly run: (step: Step) => Promise<unknown>
  /** How many of it there are. */
  readonly count: number
  /** It surely begins, and after a crash begins again. Any other may never begin, and is gone with a crash. */
  readonly redelivered?: true
}

export type Model<World extends object> = {
  /** What the steps act upon. Its fields are replaced, never changed in place. */
  readonly world: World
  readonly processes: readonly Process[]
  /** How many crashes there may be at most. */
  readonly crashes: number
  /** What becomes of the world when the whole machine crashes, and not just one process. */
  readonly powerCut: Partial<World>
  /** What is wrong with the world when every process has ended; undefined when nothing is. */
  readonly problem: (crashes: number) => Promise<string | undefined>
}

export type Exploration = {
  readonly states: number
  /** In how many ways the processes can be interleaved and crashed; 0 when a problem cut the search short. */
  readonly interleavings: number
  /** The first problem found, at the end of the shortest story that leads to one. */
  readonly problem?: string
  readonly story?: readonly string[]
}

/** Where everything stands: the world, where each process is in its life, and the crashes so far. */
type State = { readonly world: number; readonly lives: readonly number[]; readonly crashes: number }

/** A state as it was first come to. */
type Visit = {
  readonly state: State
  readonly from: number
  readonly line: string
  readonly leadsTo: number[]
}

/**
 * Visits every state that the processes can reach in any interleaving, crashing at any step, the shortest stories
 * first, and looks for a problem wherever all have ended. States alike but for which of two like processes is which
 * are one state.
 */
export async function explore<World extends object>(model: Model<World>): Promise<Exploration> {
  const worlds = worldsOf(model)
  const lives = await livesOf(model.processes, worlds)
  const names = model.processes.flatMap(({ name, count }) =>
    Array.from({ length: count }, (_, index) => (count > 1 ? `${name} ${index + 1}` : name)),
  )
  const seen = new Map<string, number>()
  const visits: Visit[] = []
  const visit = (from: number, line: string, state: State) => {
    const key = `${state.world} ${state.crashes} ${state.lives.toSorted((a, b) => a - b).join(' ')}`
    const known = seen.get(key) ?? visits.length
    visits[from]?.leadsTo.push(known)
    if (known < visits.length) return
    seen.set(key, known)
    visits.push({ state, from, line, leadsTo: [] })
  }
  visit(-1, '', { world: worlds.first, lives: lives.births, crashes: 0 })
  for (let here = 0; here < visits.length; here++) {
    const { state } = visits[here] as Visit
    if (state.lives.every(lives.mayBeOver)) {
      const problem = await worlds.problem(state.world, state.crashes)
      if (problem !== undefined) {
        return { states: visits.length, interleavings: 0, problem, story: storyOf(visits, here) }
      }
    }
    const mayCrash = state.crashes < model.crashes
    const crashes = state.crashes + 1
    for (const [index, life] of state.lives.entries()) {
      if (life === OVER) continue
      const left = state.lives.with(index, lives.afterCrash(life))
      if (mayCrash) visit(here, `${names[index]} CRASHES`, { ...state, lives: left, crashes })
      for (const { does, world, next } of await lives.live(state.world, life)) {
        const line = `${names[index]} ${does}`
        visit(here, line, { ...state, world, lives: state.lives.with(index, next) })
        if (mayCrash) visit(here, `${line}, and CRASHES`, { world, lives: left, crashes })
      }
    }
    if (!mayCrash) continue
    const left = state.lives.map((life) => (lives.births.includes(life) ? life : lives.afterCrash(life)))
    visit(here, 'the machine CRASHES', { world: worlds.afterPowerCut(state.world), lives: left, crashes })
  }
  return { states: visits.length, interleavings: waysThrough(visits) }
}

function storyOf(visits: readonly Visit[], end: number): string[] {
  const { from, line } = visits[end] as Visit
  return from < 0 ? [] : [...storyOf(visits, from), line]
}

/** How many ways lead from the first state to an end. Every step is one more in a life, so no way is endless. */
function waysThrough(visits: readonly Visit[]): number {
  const known: number[] = []
  const waysFrom = (index: number): number => {
    const { leadsTo } = visits[index] as Visit
    const ways = known[index] ?? (leadsTo.reduce((sum, to) => sum + waysFrom(to), 0) || 1)
    known[index] = ways
    return ways
  }
  return waysFrom(0)
}

type Worlds = ReturnType<typeof worldsOf<object>>

/** Worlds by number: kept as they stand, and brought back. */
function worldsOf<World extends object>({ world, powerCut, problem }: Model<World>) {
  const worlds = numbered<World>()
  const keep = () => worlds.number(JSON.stringify(world), () => ({ ...world }))
  const restore = (number: number) => Object.assign(world, worlds.at(number))
  const problems = new Map<string, Promise<string | undefined>>()
  return {
    first: keep(),
    keep,
    restore,
    afterPowerCut(number: number) {
      restore(number)
      Object.assign(world, powerCut)
      return keep()
    },
    async problem(number: number, crashes: number) {
      const key = `${number} ${crashes}`
      const known = problems.get(key)
      if (known) return known
      restore(number)
      const found = problem(crashes)
      problems.set(key, found)
      return found
    },
  }
}

/** What a process has lived through, and the steps that it has begun. */
type Life = {
  readonly process: Process
  readonly answers: readonly Answer[]
  readonly begun: readonly Begun[]
  /** Those steps as they were taken, by the world they were taken from. */
  readonly taken: Map<number, readonly Taken[]>
}
/** A step that was begun, as the so-manieth of its process, and waits for its answer. */
type Begun = { readonly nth: number; readonly does: string; readonly act: () => Promise<unknown> }
type Answer = { readonly nth: number; readonly answer: unknown; readonly id: number }
/** A step: the world it leaves, and where in its life the process then is. */
type Taken = { readonly does: string; readonly world: number; readonly next: number }

/** A process that has ended, one way or another. */
const OVER = -1

/**
 * Lives by number. A process cannot be copied in the middle of its work, but it is decided by the answers it has had,
 * in whatever order to steps that it began at once: to know its next steps it is run afresh on those and left standing
 * there. Each step from one world is lived once.
 */
async function livesOf(processes: readonly Process[], worlds: Worlds) {
  const lives: Life[] = []
  const births = new Map<Process, number>()
  const known = new Map<string, number>()
  const answered = numbered<string>()
  const lifeAfter = async (process: Process, answers: readonly Answer[]) => {
    const had = answers.map(({ id }) => id).sort((a, b) => a - b)
    const key = `${process.name} ${had.join(' ')}`
    const before = known.get(key)
    if (before !== undefined) return before
    const begun = await begunAfter(process.run, answers)
    const life = begun ? lives.push({ process, answers, begun, taken: new Map() }) - 1 : OVER
    known.set(key, life)
    return life
  }
  for (const process of processes) births.set(process, await lifeAfter(process, []))
  const birthOf = (process: Process) => births.get(process) ?? OVER
  const take = async (
    world: number,
    { process, answers }: Life,
    { nth, does, act }: Begun,
  ): Promise<Taken> => {
    worlds.restore(world)
    const answer = await act()
    const left = worlds.keep()
    const said = `${does} ${JSON.stringify(answer)}`
    const id = answered.number(said, () => said)
    const next = await lifeAfter(process, [...answers, { nth, answer, id }])
    return { does: does + inWords(answer), world: left, next }
  }
  return {
    births: processes.flatMap((process) => Array<number>(process.count).fill(birthOf(process))),
    /** Every step that may come next. */
    async live(world: number, number: number): Promise<readonly Taken[]> {
      const life = lives[number] as Life
      const before = life.taken.get(world)
      if (before) return before
      const steps: Taken[] = []
      for (const begun of life.begun) steps.push(await take(world, life, begun))
      life.taken.set(world, steps)
      return steps
    },
    mayBeOver(life: number) {
      if (life === OVER) return true
      const { process } = lives[life] as Life
      return !process.redelivered && life === birthOf(process)
    },
    afterCrash(life: number) {
      if (life === OVER) return OVER
      const { process } = lives[life] as Life
      return process.redelivered ? birthOf(process) : OVER
    },
  }
}

/** Runs a process on the answers it has had, up to the steps to which it has none; undefined when it ends. */
async function begunAfter(run: Process['run'], answers: readonly Answer[]): Promise<Begun[] | undefined> {
  const begun: (Begun & { readonly answer: (answer: unknown) => void })[] = []
  const step: Step = (does, act) =>
    new Promise((resolve) => {
      begun.push({ nth: begun.length, does, act, answer: resolve as (answer: unknown) => void })
    })
  let end: 'ended' | { readonly error: unknown } | undefined
  run(step).then(
    () => {
      end = 'ended'
    },
    (error) => {
      end = { error }
    },
  )
  await asFarAsItGoes()
  for (const { nth, answer } of answers) {
    begun[nth]?.answer(answer)
    await asFarAsItGoes()
  }
  if (typeof end === 'object') throw end.error
  const had = new Set(answers.map(({ nth }) => nth))
  return end === 'ended' ? undefined : begun.filter(({ nth }) => !had.has(nth))
}

/** Until nothing is left to do for a process but to wait for its steps. */
function asFarAsItGoes(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Values by number, one number for each key. */
function numbered<T>() {
  const numbers = new Map<string, number>()
  const values: T[] = []
  return {
    at: (number: number) => values[number] as T,
    number(key: string, value: () => T): number {
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, values.length)
      return values.push(value()) - 1
    },
  }
}

function inWords(answer: unknown): string {
  if (typeof answer === 'string') return `: ${answer}`
  if (answer !== null && typeof answer === 'object' && 'is' in answer) return `: ${answer.is}`
  return ''
}
