import { App } from 'aws-cdk-lib'
import { checkCompliance } from './constructs/compliance.ts'
import { Settings } from './settings.ts'
import { Throughcare } from './stack.ts'
import { STAGES } from './stages.ts'

/**
 * `npx cdk deploy Throughcare-dev`: every stage is synthesized and checked, whichever one is deployed. `-c fix=true`
 * is for a fix while an alarm is on (docs/runbook.md).
 */
const app = new App()
for (const stage of Object.values(STAGES)) {
  const settings = new Settings(app, `Throughcare-${stage.name}-settings`, stage)
  new Throughcare(app, `Throughcare-${stage.name}`, stage).addStackDependency(settings)
}
checkCompliance(app)
app.synth()
