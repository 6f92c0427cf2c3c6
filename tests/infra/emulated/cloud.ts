import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { checkCompliance } from '../../../infra/aws/constructs/compliance.ts'
import type { Stage } from '../../../infra/aws/constructs/stage.ts'
import { Throughcare } from '../../../infra/aws/stack.ts'

export type Resource = {
  readonly Type: string
  // biome-ignore lint/suspicious/noExplicitAny: what CloudFormation makes of a property is for each test to say
  readonly Properties: any
  readonly DeletionPolicy?: string
  readonly UpdateReplacePolicy?: string
  // biome-ignore lint/suspicious/noExplicitAny: the same
  readonly UpdatePolicy?: any
}
export type Statement = {
  readonly Effect: string
  readonly Action: string | string[]
  readonly Resource: unknown
  readonly Condition?: unknown
}

const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../cdk.json'), 'utf8'))

/** An app as `cdk synth` has it with these flags, but for the bundles. */
export function emptyApp(flags: Readonly<Record<string, string>> = {}): App {
  return new App({ context: { ...context, ...flags, 'aws:cdk:bundling-stacks': [] } })
}

/** The resources of a stage as `cdk deploy` with these flags writes them, by logical id, without compliance checks. */
export function resourcesOf(stage: Stage, flags: Readonly<Record<string, string>> = {}) {
  const app = emptyApp(flags)
  const stack = new Throughcare(app, `Throughcare-${stage.name}`, stage)
  const artifact = app.synth().getStackByName(stack.stackName)
  return { artifact, resources: new Map<string, Resource>(Object.entries(artifact.template.Resources)) }
}

/** Stages as they are deployed, reviewed and written out. */
export function writeOut(stages: readonly Stage[]) {
  const app = emptyApp()
  const stacks = stages.map((stage) => ({
    stage,
    stack: new Throughcare(app, `Throughcare-${stage.name}`, stage),
  }))
  checkCompliance(app)
  const assembly = app.synth()
  return stacks.map(({ stage, stack }) => {
    const { Resources, Outputs } = assembly.getStackByName(stack.stackName).template
    return {
      stage,
      stack,
      resources: new Map<string, Resource>(Object.entries(Resources)),
      outputs: Outputs as Readonly<Record<string, { readonly Value: unknown }>>,
    }
  })
}

/** One thing or several, as CloudFormation writes either. */
export function all<T>(one: T | readonly T[]): readonly T[] {
  return Array.isArray(one) ? one : [one as T]
}
