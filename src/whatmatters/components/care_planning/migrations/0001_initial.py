import django.core.validators
import django.db.models.deletion
import uuid
import whatmatters.people.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('events', '0002_write_once'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('outcome', models.TextField(max_length=1000, validators=[whatmatters.people.text.some_lines])),
                ('importance', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)])),
                ('professional_name', models.CharField(blank=True, max_length=70, validators=[whatmatters.people.text.one_line])),
                ('professional_role', models.CharField(blank=True, max_length=70, validators=[whatmatters.people.text.one_line])),
                ('by_name', models.CharField(max_length=150)),
                ('by_role', models.CharField(max_length=20)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('what', models.TextField(max_length=1000, validators=[whatmatters.people.text.some_lines])),
                ('who', models.CharField(choices=[('person', 'The person themself'), ('carer', 'Family or carer'), ('professional', 'A professional'), ('group', 'A community group')], max_length=12)),
                ('who_name', models.CharField(blank=True, max_length=70, validators=[whatmatters.people.text.one_line])),
                ('due', models.DateField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='care_planning.goal')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('declined_on', models.DateField(blank=True, null=True)),
                ('episode', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='events.episode')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.UUIDField()),
                ('status', models.CharField(choices=[('in-progress', 'Under way'), ('improving', 'Getting closer'), ('no-change', 'No change'), ('worsening', 'Further away'), ('achieved', 'Achieved'), ('sustaining', 'Achieved, and keeping it up'), ('not-achieved', 'Not achieved'), ('not-attainable', 'Cannot be achieved'), ('on-hold', 'Paused'), ('cancelled', 'No longer wanted'), ('not-started', 'Not started'), ('completed', 'Done'), ('stopped', 'Stopped')], max_length=20)),
                ('on', models.DateField()),
                ('by_name', models.CharField(max_length=150)),
                ('by_role', models.CharField(max_length=20)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='care_planning.plan')),
            ],
            options={
                'ordering': ('on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('words', models.TextField(blank=True, max_length=2000, validators=[whatmatters.people.text.some_lines])),
                ('next_on', models.DateField()),
                ('by_name', models.CharField(max_length=150)),
                ('by_role', models.CharField(max_length=20)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='care_planning.plan')),
            ],
            options={
                'ordering': ('on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ReviewRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('why', models.TextField(blank=True, max_length=1000, validators=[whatmatters.people.text.some_lines])),
                ('by_name', models.CharField(max_length=150)),
                ('by_role', models.CharField(max_length=20)),
                ('answered', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='care_planning.review')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='care_planning.plan')),
            ],
            options={
                'ordering': ('on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('agreed', 'Agreed'), ('superseded', 'Replaced by a later version')], default='draft', max_length=10)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('started', models.DateTimeField(auto_now_add=True)),
                ('conversation_on', models.DateField(blank=True, null=True)),
                ('needs', models.TextField(blank=True, max_length=4000, validators=[whatmatters.people.text.some_lines])),
                ('agreed_on', models.DateField(blank=True, null=True)),
                ('agreed_by', models.CharField(blank=True, max_length=70, validators=[whatmatters.people.text.one_line])),
                ('agreed_role', models.CharField(blank=True, choices=[('person', 'The person'), ('representative', 'Their representative')], max_length=14)),
                ('review_on', models.DateField(blank=True, null=True)),
                ('reviewer_name', models.CharField(blank=True, max_length=70, validators=[whatmatters.people.text.one_line])),
                ('reviewer_role', models.CharField(blank=True, max_length=70, validators=[whatmatters.people.text.one_line])),
                ('reviewer_contact', models.CharField(blank=True, max_length=35, validators=[whatmatters.people.text.one_line])),
                ('met_on', models.DateField(blank=True, null=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='care_planning.plan')),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('person', 'The person themself'), ('carer', 'Family or carer'), ('practice', 'GP practice'), ('community health', 'Community health team'), ('hospital', 'Hospital'), ('out of hours', 'Out of hours or ambulance'), ('social care', 'Social care'), ('care home', 'Care home'), ('community group', 'Community group')], max_length=20)),
                ('with_whom', models.CharField(blank=True, max_length=70, validators=[whatmatters.people.text.one_line])),
                ('how', models.CharField(choices=[('paper', 'Printed copy'), ('email', 'Secure email'), ('access', 'They can see it here'), ('letter', 'Post')], max_length=10)),
                ('on', models.DateField()),
                ('by_name', models.CharField(max_length=150)),
                ('by_role', models.CharField(max_length=20)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='care_planning.version')),
            ],
            options={
                'ordering': ('on', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='review',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='care_planning.version'),
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=70, validators=[whatmatters.people.text.one_line])),
                ('relationship', models.CharField(blank=True, max_length=70, validators=[whatmatters.people.text.one_line])),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='care_planning.version')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AddField(
            model_name='goal',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='care_planning.version'),
        ),
        migrations.CreateModel(
            name='Words',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('heading', models.CharField(choices=[('most_important', 'What is most important to me'), ('people', 'People who are important to me'), ('communicate', 'How I communicate and how to communicate with me'), ('wellness', 'My wellness'), ('please_do', 'Please do and please do not'), ('support', 'How and when to support me'), ('also', 'Also worth knowing about me')], max_length=20)),
                ('text', models.TextField(blank=True, max_length=4000, validators=[whatmatters.people.text.some_lines])),
                ('by_name', models.CharField(max_length=150)),
                ('by_role', models.CharField(max_length=20)),
                ('supported_by', models.CharField(blank=True, max_length=150, validators=[whatmatters.people.text.one_line])),
                ('at', models.DateTimeField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='care_planning.version')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='one_version_a_number'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('plan',), name='one_draft_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'agreed')), fields=('plan',), name='one_agreed_version_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('agreed_on__isnull', False), _connector='OR'), name='agreed_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.CheckConstraint(condition=models.Q(('importance__isnull', True), ('importance__range', (1, 10)), _connector='OR'), name='importance_1_10'),
        ),
    ]
