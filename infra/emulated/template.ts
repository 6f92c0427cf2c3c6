import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Stage } from '../aws/constructs/stage.ts'

const ROOT = join(import.meta.dirname, '../..')

// biome-ignore lint/suspicious/noExplicitAny: what CloudFormation makes of a property is for each reader to say
type Properties = any

/** A stage as it is deployed: its resources, and the bundles of its functions. */
export type Template = {
  readonly folder: string
  /** The resources of a type, by id, in the order in which the stack creates them. */
  of(type: string): readonly (readonly [id: string, properties: Properties])[]
}

/** Synthesizes a stage as `cdk synth` does, bundles included, into its own folder. */
export async function synthesize({ name }: Stage): Promise<Template> {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'))
  const folder = mkdtempSync(join(tmpdir(), 'throughcare-'))
  const stack = `Throughcare-${name}`
  const CDK_CONTEXT_JSON = JSON.stringify({ ...context, 'aws:cdk:bundling-stacks': [stack] })
  const env = { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON }
  // If that fails, the error contains all its output.
  await promisify(execFile)(process.execPath, ['infra/aws/app.ts'], { cwd: ROOT, env })
  const resources = [stack, `${stack}-settings`].flatMap((name) => {
    const { Resources } = JSON.parse(readFileSync(join(folder, `${name}.template.json`), 'utf8'))
    return Object.entries<{ Type: string; Properties?: Properties }>(Resources)
  })
  return {
    folder,
    of: (type) => resources.flatMap(([id, one]) => (one.Type === type ? [[id, one.Properties ?? {}]] : [])),
  }
}

/** Reads the resources of a type, with their ids, every reference in them resolved. */
export type Read = (type: string) => Properties[]

/** The stand-in for a resource that others refer to: under `Id` for a Ref, under `Id.Attribute` for GetAtt. */
export type StandIns = ReadonlyMap<string, string>

/**
 * A value of the template with every reference resolved. One without a stand-in resolves to its own name. Throws at a
 * CloudFormation function that is not supported here.
 */
export function resolve(value: Properties, standIns: StandIns): Properties {
  if (Array.isArray(value)) return value.map((one) => resolve(one, standIns))
  if (typeof value !== 'object' || value === null) return value
  const [[name, of] = [], ...others] = Object.entries<Properties>(value)
  const named = name === 'Ref' ? of : name === 'Fn::GetAtt' ? of.join('.') : undefined
  if (named !== undefined && others.length === 0) return standIns.get(named) ?? named
  if (name === 'Fn::Join') return resolve(of[1], standIns).join(of[0])
  if (name === 'Fn::Split') return resolve(of[1], standIns).split(of[0])
  if (name === 'Fn::Select') return resolve(of[1], standIns)[of[0]]
  if (name?.startsWith('Fn::')) throw new Error(`${name} is not understood here yet`)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, standIns)]))
}
