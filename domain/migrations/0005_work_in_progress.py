"""Client statuses with templates and automations, boards, order templates and bulk operations, as the ORM wrote it."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from domain.database.add_fields import grouped
import functools
from domain.automations.model import AutomationAction, AutomationState, ExpectedRule, RunOutcome
from domain.bulk.model import BulkKind, BulkMode, BulkOutcome, BulkState
from domain.client_status.model import KeptUntil, StatusOrigin, Visibility
from domain.status_templates.model import Notification
from domain.kernel.actors import Role
from domain.kernel.availability import Availability
from domain.kernel.ids import new_id
from domain.kernel.money import VatCategory
from domain.orders.model import CompletionRule, ReviewStart, ReviewUnit
from domain.operator.model import CustomerAccess
from domain.parties.model import StatusMails
from json import dumps, loads
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index

COPIED_TEXTS = (
    [
        f"UPDATE {table} SET label_de = label, label_en = label, description_de = description, description_en = description"
        for table in ("client_statuses", "client_status_changes")
    ],
    [
        f"UPDATE {table} SET label = left(label_de, 60), description = description_de"
        for table in ("client_statuses", "client_status_changes")
    ],
)

class Migration(migrations.Migration):
    dependencies = [('domain', '0004_deadline_version')]

    initial = False

    operations = grouped(
        [
            ops.CreateModel(
                name='BulkOperation',
                fields=[
                    ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                    ('kind', fields.CharEnumField(description='CLIENT_STATUS_SET: CLIENT_STATUS_SET\nCLIENT_STATUS_HIDE: CLIENT_STATUS_HIDE\nTEMPLATE_APPLY: TEMPLATE_APPLY\nSTAGE_ENTER: STAGE_ENTER', enum_type=BulkKind, max_length=24)),
                    ('state', fields.CharEnumField(default=BulkState.RUNNING, description='RUNNING: RUNNING\nDONE: DONE\nCANCELED: CANCELED\nFAILED: FAILED', enum_type=BulkState, max_length=12)),
                    ('mode', fields.CharEnumField(description='PER_ITEM: PER_ITEM\nATOMIC: ATOMIC', enum_type=BulkMode, max_length=12)),
                    ('dry_run', fields.BooleanField()),
                    ('account_id', fields.UUIDField(null=True)),
                    ('role', fields.CharEnumField(description='MEMBER: MEMBER\nCUSTOMER: CUSTOMER\nSTAFF: STAFF\nFINANCE: FINANCE\nADMIN: ADMIN\nCLOCK: CLOCK', enum_type=Role, max_length=16)),
                    ('order_ids', ArrayField(element_type='UUID')),
                    ('asked', fields.JSONField(encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                    ('foreseen', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                    ('total', fields.IntField()),
                    ('done', fields.IntField(default=0)),
                    ('applied', fields.IntField(default=0)),
                    ('unchanged', fields.IntField(default=0)),
                    ('failed', fields.IntField(default=0)),
                    ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                    ('finished_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                    ('leased_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                    ('attempts', fields.IntField(default=0)),
                    ('last_error', fields.TextField(null=True, unique=False)),
                    ('version', fields.IntField(default=1)),
                ],
                options={'table': 'bulk_operations', 'app': 'domain', 'pk_attr': 'id', 'table_description': 'One request for many orders. `order_ids` are in input order; the first `done` of them have their result.'},
                bases=['Model'],
            ),
            ops.CreateModel(
                name='BulkItem',
                fields=[
                    ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                    ('operation', fields.ForeignKeyField('domain.BulkOperation', source_field='operation_id', db_constraint=True, to_field='id', related_name='items', on_delete=OnDelete.CASCADE)),
                    ('position', fields.IntField()),
                    ('order_id', fields.UUIDField()),
                    ('outcome', fields.CharEnumField(description='APPLIED: APPLIED\nUNCHANGED: UNCHANGED\nFAILED: FAILED\nNOT_ATTEMPTED: NOT_ATTEMPTED', enum_type=BulkOutcome, max_length=16)),
                    ('refusals', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                ],
                options={'table': 'bulk_items', 'app': 'domain', 'unique_together': (('operation', 'position'),), 'pk_attr': 'id', 'table_description': 'The result for one order of an operation; `refusals` are `{code, reason, params, path}`.'},
                bases=['Model'],
            ),
            ops.CreateModel(
                name='PendingStatus',
                fields=[
                    ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                    ('event', fields.CharField(max_length=64)),
                    ('visibility', fields.CharEnumField(description='HIDDEN: HIDDEN\nSHOWN: SHOWN', enum_type=Visibility, max_length=8)),
                    ('name', fields.CharField(max_length=200)),
                    ('label_de', fields.TextField(unique=False)),
                    ('label_en', fields.TextField(unique=False)),
                    ('description_de', fields.TextField(unique=False)),
                    ('description_en', fields.TextField(unique=False)),
                    ('color', fields.CharField(max_length=7)),
                    ('expected_on', fields.DateField(null=True)),
                    ('template_id', fields.UUIDField(null=True)),
                    ('template_edition', fields.IntField(null=True)),
                    ('edited_by_hand', fields.BooleanField()),
                    ('kept_until', fields.CharEnumField(null=True, description='NEXT_MOVE: NEXT_MOVE\nDATE: DATE\nCLEARED: CLEARED', enum_type=KeptUntil, max_length=16)),
                    ('kept_until_on', fields.DateField(null=True)),
                    ('origin', fields.CharEnumField(description='MANUAL: MANUAL\nBULK: BULK\nAUTOMATION: AUTOMATION\nTEMPLATE: TEMPLATE', enum_type=StatusOrigin, max_length=16)),
                    ('automation_id', fields.UUIDField(null=True)),
                    ('bulk_operation_id', fields.UUIDField(null=True)),
                    ('account_id', fields.UUIDField(null=True)),
                    ('actor_name', fields.CharField(max_length=200)),
                    ('notification', fields.CharEnumField(description='NONE: NONE\nAT_ONCE: AT_ONCE\nDAILY_DIGEST: DAILY_DIGEST', enum_type=Notification, max_length=16)),
                    ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                    ('visible_from', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ],
                options={'table': 'pending_statuses', 'app': 'domain', 'pk_attr': 'id', 'table_description': 'A change that waits out its quiet period; the client still reads what was there before.'},
                bases=['Model'],
            ),
            ops.CreateModel(
                name='Pipeline',
                fields=[
                    ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                    ('state', fields.CharEnumField(default=Availability.ACTIVE, description='ACTIVE: ACTIVE\nRETIRED: RETIRED', enum_type=Availability, max_length=8)),
                    ('position', fields.IntField()),
                    ('name', fields.CharField(max_length=100)),
                    ('shows_client_status', fields.BooleanField(default=True)),
                    ('version', fields.IntField(default=1)),
                    ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ],
                options={'table': 'pipelines', 'app': 'domain', 'pk_attr': 'id', 'table_description': 'A board: its stages in order, and whether its cards show the client status.'},
                bases=['Model'],
            ),
            ops.CreateModel(
                name='Stage',
                fields=[
                    ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                    ('pipeline', fields.ForeignKeyField('domain.Pipeline', source_field='pipeline_id', db_constraint=True, to_field='id', related_name='stages', on_delete=OnDelete.RESTRICT)),
                    ('position', fields.IntField()),
                    ('name', fields.CharField(max_length=100)),
                    ('color', fields.CharField(max_length=7)),
                    ('card_limit', fields.IntField(null=True)),
                    ('advances', fields.BooleanField(default=False)),
                ],
                options={'table': 'stages', 'app': 'domain', 'indexes': [Index(fields=['pipeline_id', 'position'])], 'pk_attr': 'id', 'table_description': 'One column of a board. `card_limit` warns when more cards lie there.'},
                bases=['Model'],
            ),
            ops.CreateModel(
                name='StatusRules',
                fields=[
                    ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                    ('quiet_minutes', fields.IntField(default=0)),
                    ('stale_after_days', fields.IntField(null=True, default=14)),
                    ('digest_hour', fields.IntField(default=7)),
                    ('version', fields.IntField(default=1)),
                ],
                options={'table': 'status_rules', 'app': 'domain', 'pk_attr': 'id', 'table_description': 'The one row of rules for client statuses: the quiet period, when one is stale, when digests are sent.'},
                bases=['Model'],
            ),
            ops.CreateModel(
                name='StatusTemplate',
                fields=[
                    ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                    ('state', fields.CharEnumField(default=Availability.ACTIVE, description='ACTIVE: ACTIVE\nRETIRED: RETIRED', enum_type=Availability, max_length=8)),
                    ('position', fields.IntField()),
                    ('color', fields.CharField(max_length=7)),
                    ('label_de', fields.CharField(max_length=60)),
                    ('label_en', fields.CharField(max_length=60)),
                    ('description_de', fields.TextField(default='', unique=False)),
                    ('description_en', fields.TextField(default='', unique=False)),
                    ('notification', fields.CharEnumField(default=Notification.AT_ONCE, description='NONE: NONE\nAT_ONCE: AT_ONCE\nDAILY_DIGEST: DAILY_DIGEST', enum_type=Notification, max_length=16)),
                    ('edition', fields.IntField(default=1)),
                    ('version', fields.IntField(default=1)),
                    ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ],
                options={'table': 'status_templates', 'app': 'domain', 'pk_attr': 'id', 'table_description': 'What is copied into a client status. `edition` counts changes of texts and colour, `version` all changes.'},
                bases=['Model'],
            ),
            ops.CreateModel(
                name='OrderTemplate',
                fields=[
                    ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                    ('state', fields.CharEnumField(default=Availability.ACTIVE, description='ACTIVE: ACTIVE\nRETIRED: RETIRED', enum_type=Availability, max_length=8)),
                    ('position', fields.IntField()),
                    ('name', fields.CharField(max_length=100)),
                    ('project', fields.CharField(default='', max_length=200)),
                    ('description', fields.TextField(default='', unique=False)),
                    ('internal_notes', fields.TextField(default='', unique=False)),
                    ('tags', ArrayField(default=list, element_type='TEXT')),
                    ('offer_days', fields.IntField(null=True)),
                    ('service_days', fields.IntField(null=True)),
                    ('delivery_days', fields.IntField(null=True)),
                    ('completion_rule', fields.CharEnumField(default=CompletionRule.FULLY_INVOICED, description='FULLY_INVOICED: FULLY_INVOICED\nON_ACCEPTANCE: ON_ACCEPTANCE', enum_type=CompletionRule, max_length=24)),
                    ('required_deliveries', fields.IntField(default=0)),
                    ('review_length', fields.IntField(default=3)),
                    ('review_unit', fields.CharEnumField(default=ReviewUnit.DAYS, description='DAYS: DAYS\nWORKING_DAYS: WORKING_DAYS', enum_type=ReviewUnit, max_length=16)),
                    ('review_start', fields.CharEnumField(default=ReviewStart.DELIVERY, description='DELIVERY: DELIVERY\nLATER_OF_DELIVERY_AND_DUE: LATER_OF_DELIVERY_AND_DUE', enum_type=ReviewStart, max_length=32)),
                    ('customer_access', fields.CharEnumField(null=True, description='FULL: FULL\nSTATUS_ONLY: STATUS_ONLY', enum_type=CustomerAccess, max_length=16)),
                    ('stage', fields.ForeignKeyField('domain.Stage', source_field='stage_id', null=True, db_constraint=True, to_field='id', related_name='order_templates', on_delete=OnDelete.RESTRICT)),
                    ('status_template', fields.ForeignKeyField('domain.StatusTemplate', source_field='status_template_id', null=True, db_constraint=True, to_field='id', related_name='order_templates', on_delete=OnDelete.RESTRICT)),
                    ('status_visibility', fields.CharEnumField(default=Visibility.HIDDEN, description='HIDDEN: HIDDEN\nSHOWN: SHOWN', enum_type=Visibility, max_length=8)),
                    ('version', fields.IntField(default=1)),
                    ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ],
                options={'table': 'order_templates', 'app': 'domain', 'pk_attr': 'id', 'table_description': 'What an order begins with. Lengths in days count from the day the work starts.'},
                bases=['Model'],
            ),
            ops.CreateModel(
                name='Automation',
                fields=[
                    ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                    ('state', fields.CharEnumField(default=AutomationState.ACTIVE, description='ACTIVE: ACTIVE\nPAUSED: PAUSED\nRETIRED: RETIRED', enum_type=AutomationState, max_length=8)),
                    ('position', fields.IntField()),
                    ('name', fields.CharField(max_length=100)),
                    ('trigger', fields.CharField(max_length=64)),
                    ('stage', fields.ForeignKeyField('domain.Stage', source_field='stage_id', null=True, db_constraint=True, to_field='id', related_name='automations', on_delete=OnDelete.RESTRICT)),
                    ('tags', ArrayField(default=list, element_type='TEXT')),
                    ('customer', fields.ForeignKeyField('domain.Customer', source_field='customer_id', null=True, db_constraint=True, to_field='id', related_name='automations', on_delete=OnDelete.RESTRICT)),
                    ('member', fields.ForeignKeyField('domain.Member', source_field='member_id', null=True, db_constraint=True, to_field='id', related_name='automations', on_delete=OnDelete.RESTRICT)),
                    ('pipeline', fields.ForeignKeyField('domain.Pipeline', source_field='pipeline_id', null=True, db_constraint=True, to_field='id', related_name='automations', on_delete=OnDelete.RESTRICT)),
                    ('order_template', fields.ForeignKeyField('domain.OrderTemplate', source_field='order_template_id', null=True, db_constraint=True, to_field='id', related_name='automations', on_delete=OnDelete.RESTRICT)),
                    ('from_template', fields.ForeignKeyField('domain.StatusTemplate', source_field='from_template_id', null=True, db_constraint=True, to_field='id', related_name='automations_from', on_delete=OnDelete.RESTRICT)),
                    ('action', fields.CharEnumField(description='SET_TEMPLATE: SET_TEMPLATE\nSHOW: SHOW\nHIDE: HIDE\nSET_EXPECTED: SET_EXPECTED\nENTER_STAGE: ENTER_STAGE', enum_type=AutomationAction, max_length=16)),
                    ('template', fields.ForeignKeyField('domain.StatusTemplate', source_field='template_id', null=True, db_constraint=True, to_field='id', related_name='automations', on_delete=OnDelete.RESTRICT)),
                    ('visibility', fields.CharEnumField(null=True, description='HIDDEN: HIDDEN\nSHOWN: SHOWN', enum_type=Visibility, max_length=8)),
                    ('expected_rule', fields.CharEnumField(null=True, description='DAYS_AFTER: DAYS_AFTER\nDELIVERY_DUE: DELIVERY_DUE\nCLEARED: CLEARED', enum_type=ExpectedRule, max_length=16)),
                    ('expected_in_days', fields.IntField(null=True)),
                    ('target_stage', fields.ForeignKeyField('domain.Stage', source_field='target_stage_id', null=True, db_constraint=True, to_field='id', related_name='automations_to', on_delete=OnDelete.RESTRICT)),
                    ('version', fields.IntField(default=1)),
                    ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ],
                options={'table': 'automations', 'app': 'domain', 'indexes': [Index(fields=['trigger', 'position', 'id'])], 'pk_attr': 'id', 'table_description': 'When `trigger` happens (to `stage`, where it is a stage that is entered) and every condition that is given'},
                bases=['Model'],
            ),
            ops.CreateModel(
                name='AutomationRun',
                fields=[
                    ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                    ('automation', fields.ForeignKeyField('domain.Automation', source_field='automation_id', db_constraint=True, to_field='id', related_name='runs', on_delete=OnDelete.RESTRICT)),
                    ('event_id', fields.UUIDField()),
                    ('order', fields.ForeignKeyField('domain.Order', source_field='order_id', db_constraint=True, to_field='id', related_name='automation_runs', on_delete=OnDelete.RESTRICT)),
                    ('outcome', fields.CharEnumField(description='APPLIED: APPLIED\nUNCHANGED: UNCHANGED\nKEPT_BY_HAND: KEPT_BY_HAND\nDESELECTED: DESELECTED\nLOOP: LOOP\nFAILED: FAILED\nDISMISSED: DISMISSED', enum_type=RunOutcome, max_length=16)),
                    ('reasons', fields.JSONField(default=list, encoder=functools.partial(dumps, separators=(',', ':')), decoder=loads)),
                    ('error', fields.TextField(null=True, unique=False)),
                    ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                    ('version', fields.IntField(default=1)),
                ],
                options={'table': 'automation_runs', 'app': 'domain', 'unique_together': (('automation', 'event_id', 'order'),), 'indexes': [Index(fields=['order_id', 'id'])], 'pk_attr': 'id', 'table_description': 'What came of one automation at one event for one order: there is never a second one.'},
                bases=['Model'],
            ),
            ops.CreateModel(
                name='Rehearsal',
                fields=[
                    ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                    ('automation', fields.ForeignKeyField('domain.Automation', source_field='automation_id', db_constraint=True, to_field='id', related_name='rehearsals', on_delete=OnDelete.CASCADE)),
                    ('event_id', fields.UUIDField()),
                    ('order', fields.ForeignKeyField('domain.Order', source_field='order_id', db_constraint=True, to_field='id', related_name='rehearsals', on_delete=OnDelete.CASCADE)),
                    ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                    ('was_visibility', fields.CharEnumField(description='HIDDEN: HIDDEN\nSHOWN: SHOWN', enum_type=Visibility, max_length=8)),
                    ('was_label_de', fields.TextField(unique=False)),
                    ('was_label_en', fields.TextField(unique=False)),
                    ('was_expected_on', fields.DateField(null=True)),
                    ('would_be_visibility', fields.CharEnumField(description='HIDDEN: HIDDEN\nSHOWN: SHOWN', enum_type=Visibility, max_length=8)),
                    ('would_be_label_de', fields.TextField(unique=False)),
                    ('would_be_label_en', fields.TextField(unique=False)),
                    ('would_be_expected_on', fields.DateField(null=True)),
                ],
                options={'table': 'rehearsals', 'app': 'domain', 'indexes': [Index(fields=['automation_id', 'at', 'id'])], 'pk_attr': 'id', 'table_description': 'What an automation would have done at one past event: the status as it was then, and as it would have become.'},
                bases=['Model'],
            ),
            ops.CreateModel(
                name='TemplateInvoice',
                fields=[
                    ('id', fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True)),
                    ('order_template', fields.ForeignKeyField('domain.OrderTemplate', source_field='order_template_id', db_constraint=True, to_field='id', related_name='invoices', on_delete=OnDelete.CASCADE)),
                    ('position', fields.IntField()),
                    ('invoice_days', fields.IntField(null=True)),
                    ('text', fields.CharField(max_length=500)),
                    ('quantity', fields.DecimalField(max_digits=12, decimal_places=3)),
                    ('unit_price_cents', fields.BigIntField()),
                    ('vat_category', fields.CharEnumField(description='STANDARD: STANDARD\nREDUCED: REDUCED\nEXEMPT: EXEMPT\nREVERSE_CHARGE: REVERSE_CHARGE\nINTRA_COMMUNITY: INTRA_COMMUNITY\nEXPORT: EXPORT', enum_type=VatCategory, max_length=24)),
                ],
                options={'table': 'template_invoices', 'app': 'domain', 'indexes': [Index(fields=['order_template_id', 'position'])], 'pk_attr': 'id', 'table_description': 'One planned invoice of a template; dated so many days after the start, or at acceptance when empty.'},
                bases=['Model'],
            ),
            ops.AddField(
                model_name='ClientStatus',
                name='automation',
                field=fields.ForeignKeyField('domain.Automation', source_field='automation_id', null=True, db_constraint=True, to_field='id', related_name='client_statuses', on_delete=OnDelete.RESTRICT),
            ),
            ops.AddField(
                model_name='ClientStatus',
                name='customer_id',
                field=fields.UUIDField(null=True),
            ),
            ops.AddField(
                model_name='ClientStatus',
                name='description_de',
                field=fields.TextField(default='', db_default='', unique=False),
            ),
            ops.AddField(
                model_name='ClientStatus',
                name='description_en',
                field=fields.TextField(default='', db_default='', unique=False),
            ),
            ops.AddField(
                model_name='ClientStatus',
                name='edited_by_hand',
                field=fields.BooleanField(default=False, db_default=False),
            ),
            ops.AddField(
                model_name='ClientStatus',
                name='kept_until',
                field=fields.CharEnumField(null=True, description='NEXT_MOVE: NEXT_MOVE\nDATE: DATE\nCLEARED: CLEARED', enum_type=KeptUntil, max_length=16),
            ),
            ops.AddField(
                model_name='ClientStatus',
                name='kept_until_on',
                field=fields.DateField(null=True),
            ),
            ops.AddField(
                model_name='ClientStatus',
                name='label_de',
                field=fields.TextField(default='', db_default='', unique=False),
            ),
            ops.AddField(
                model_name='ClientStatus',
                name='label_en',
                field=fields.TextField(default='', db_default='', unique=False),
            ),
            ops.AddField(
                model_name='ClientStatus',
                name='template',
                field=fields.ForeignKeyField('domain.StatusTemplate', source_field='template_id', null=True, db_constraint=True, to_field='id', related_name='client_statuses', on_delete=OnDelete.RESTRICT),
            ),
            ops.AddField(
                model_name='ClientStatus',
                name='template_edition',
                field=fields.IntField(null=True),
            ),
            ops.AddField(
                model_name='ClientStatusChange',
                name='automation_id',
                field=fields.UUIDField(null=True),
            ),
            ops.AddField(
                model_name='ClientStatusChange',
                name='bulk_operation_id',
                field=fields.UUIDField(null=True),
            ),
            ops.AddField(
                model_name='ClientStatusChange',
                name='description_de',
                field=fields.TextField(default='', db_default='', unique=False),
            ),
            ops.AddField(
                model_name='ClientStatusChange',
                name='description_en',
                field=fields.TextField(default='', db_default='', unique=False),
            ),
            ops.AddField(
                model_name='ClientStatusChange',
                name='event',
                field=fields.CharField(default='clientStatus.show', db_default='clientStatus.show', max_length=64),
            ),
            ops.AddField(
                model_name='ClientStatusChange',
                name='label_de',
                field=fields.TextField(default='', db_default='', unique=False),
            ),
            ops.AddField(
                model_name='ClientStatusChange',
                name='label_en',
                field=fields.TextField(default='', db_default='', unique=False),
            ),
            ops.AddField(
                model_name='ClientStatusChange',
                name='seen',
                field=fields.BooleanField(default=False, db_default=False),
            ),
            ops.AddField(
                model_name='ClientStatusChange',
                name='template_id',
                field=fields.UUIDField(null=True),
            ),
            ops.AddField(
                model_name='Contact',
                name='status_mails',
                field=fields.CharEnumField(default=StatusMails.AT_ONCE, description='AT_ONCE: AT_ONCE\nDAILY: DAILY\nNONE: NONE', db_default='AT_ONCE', enum_type=StatusMails, max_length=8),
            ),
            ops.AddField(
                model_name='Contact',
                name='version',
                field=fields.IntField(default=1, db_default=1),
            ),
            ops.AddField(
                model_name='Letter',
                name='digest_at',
                field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
            ),
            ops.AddField(
                model_name='Order',
                name='order_template',
                field=fields.ForeignKeyField('domain.OrderTemplate', source_field='order_template_id', null=True, db_constraint=True, to_field='id', related_name='orders', on_delete=OnDelete.RESTRICT),
            ),
            ops.AddField(
                model_name='Order',
                name='stage',
                field=fields.ForeignKeyField('domain.Stage', source_field='stage_id', null=True, db_constraint=True, to_field='id', related_name='orders', on_delete=OnDelete.RESTRICT),
            ),
            ops.AddField(
                model_name='Order',
                name='stage_entered_at',
                field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
            ),
            ops.AddField(
                model_name='Session',
                name='viewing_customer_id',
                field=fields.UUIDField(null=True),
            ),
            # Texts written so far were meant for both languages.
            ops.RunSQL(*COPIED_TEXTS),
            ops.RemoveField(model_name='ClientStatus', name='description'),
            ops.RemoveField(model_name='ClientStatus', name='label'),
            ops.RemoveField(model_name='ClientStatusChange', name='description'),
            ops.RemoveField(model_name='ClientStatusChange', name='label'),
        ]
    )
