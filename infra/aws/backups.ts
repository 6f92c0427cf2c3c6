import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup'
import { Schedule } from 'aws-cdk-lib/aws-events'
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import type { Casefiles } from './casefiles.ts'
import { acknowledge } from './constructs/compliance.ts'
import type { Platform } from './constructs/platform.ts'

type BackupsProps = { readonly casefiles: Casefiles; readonly vaultArn: string }

/** Every backup is a full copy of the table. Within this account the table can be restored to any second. */
const KEPT_HERE = Duration.days(3)
const KEPT_THERE = Duration.days(7)

/** A daily backup of the table, copied to a vault in another account, which survives the loss of this one. */
export class Backups extends Construct {
  constructor(scope: Construct, id: string, { keys }: Platform, { casefiles, vaultArn }: BackupsProps) {
    super(scope, id)
    const vault = new BackupVault(this, 'Vault', {
      encryptionKey: keys.casefiles,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    })
    const plan = new BackupPlan(this, 'Plan', {
      backupVault: vault,
      backupPlanRules: [
        new BackupPlanRule({
          scheduleExpression: Schedule.cron({ hour: '1', minute: '0' }),
          deleteAfter: KEPT_HERE,
          copyActions: [
            {
              // AWS Backup, cross-account backup: the other vault's own policy must allow backup:CopyIntoBackupVault.
              destinationBackupVault: BackupVault.fromBackupVaultArn(this, 'OtherAccount', vaultArn),
              deleteAfter: KEPT_THERE,
            },
          ],
        }),
      ],
    })
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForBackup'),
      ],
    })
    acknowledge(
      role,
      'AWS Backup documents no narrower policy than its own, and changes that with the service.',
      'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
    )
    plan.addSelection('Table', {
      resources: [BackupResource.fromArn(casefiles.table.tableArn)],
      role,
      disableDefaultBackupPolicy: true,
    })
  }
}
