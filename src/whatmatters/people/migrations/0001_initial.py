import django.db.models.deletion
import uuid
import whatmatters.people.models
import whatmatters.people.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('nhs_number', models.CharField(blank=True, error_messages={'unique': 'This NHS number is already on file. Check each digit; if it is right, look for the person with Find a person, or ask their practice to move the registration'}, max_length=10, null=True, unique=True, validators=[whatmatters.people.models.valid_nhs_number], verbose_name='NHS number')),
                ('title', models.CharField(blank=True, max_length=35, validators=[whatmatters.people.text.one_line])),
                ('given_name', models.CharField(max_length=35, validators=[whatmatters.people.text.one_line])),
                ('family_name', models.CharField(max_length=35, validators=[whatmatters.people.text.one_line])),
                ('preferred_name', models.CharField(blank=True, max_length=70, validators=[whatmatters.people.text.one_line])),
                ('born', models.DateField(db_index=True, validators=[whatmatters.people.models.a_day_of_birth])),
                ('died', models.DateField(blank=True, null=True, validators=[whatmatters.people.models.a_past_day])),
                ('sex', models.CharField(blank=True, choices=[('F', 'Female'), ('M', 'Male'), ('X', 'Indeterminate')], max_length=1)),
                ('ethnicity', models.CharField(blank=True, choices=[('A', 'White: British'), ('B', 'White: Irish'), ('C', 'White: any other background'), ('D', 'Mixed: White and Black Caribbean'), ('E', 'Mixed: White and Black African'), ('F', 'Mixed: White and Asian'), ('G', 'Mixed: any other background'), ('H', 'Asian or Asian British: Indian'), ('J', 'Asian or Asian British: Pakistani'), ('K', 'Asian or Asian British: Bangladeshi'), ('L', 'Asian or Asian British: any other background'), ('M', 'Black or Black British: Caribbean'), ('N', 'Black or Black British: African'), ('P', 'Black or Black British: any other background'), ('R', 'Other: Chinese'), ('S', 'Other: any other ethnic group'), ('Z', 'Not stated')], max_length=1)),
                ('deprivation', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('address', models.CharField(blank=True, max_length=175, validators=[whatmatters.people.text.some_lines])),
                ('postcode', models.CharField(blank=True, max_length=8, validators=[whatmatters.people.text.one_line])),
                ('phone', models.CharField(blank=True, max_length=35, validators=[whatmatters.people.text.one_line])),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(default='English', max_length=40, validators=[whatmatters.people.text.one_line], verbose_name='main language')),
                ('interpreter', models.BooleanField(default=False, verbose_name='needs an interpreter')),
                ('communication', models.CharField(blank=True, max_length=300, validators=[whatmatters.people.text.some_lines], verbose_name='communication needs')),
                ('adjustments', models.CharField(blank=True, max_length=300, validators=[whatmatters.people.text.some_lines], verbose_name='reasonable adjustments')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('names', whatmatters.people.text.NameKey(blank=True, editable=False)),
                ('account', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='person', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('family_name', 'given_name', 'born'),
            },
        ),
        migrations.CreateModel(
            name='Carer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=70, validators=[whatmatters.people.text.one_line])),
                ('relationship', models.CharField(max_length=70, validators=[whatmatters.people.text.one_line])),
                ('contact', models.CharField(blank=True, max_length=70, validators=[whatmatters.people.text.one_line])),
                ('start', models.DateField()),
                ('end', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='carers', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.DateField()),
                ('end', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='people.person')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Representative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('relationship', models.CharField(max_length=70, validators=[whatmatters.people.text.one_line])),
                ('authority', models.CharField(choices=[('nominated', 'Named by the person'), ('lpa', 'Lasting power of attorney for health and welfare'), ('deputy', 'Deputy appointed by the Court of Protection'), ('parent', 'Parental responsibility')], max_length=12)),
                ('may_see_plan', models.BooleanField(default=True)),
                ('may_change_plan', models.BooleanField(default=False)),
                ('may_see_referrals', models.BooleanField(default=False)),
                ('start', models.DateField()),
                ('end', models.DateField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='represents', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='representatives', to='people.person')),
            ],
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('deprivation__isnull', True), ('deprivation__range', (1, 10)), _connector='OR'), name='imd_decile'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('died__isnull', True), ('died__gte', models.F('born')), _connector='OR'), name='died_after_birth'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(condition=models.Q(('end__isnull', True)), fields=('person',), name='one_open_registration'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gt', models.F('start')), _connector='OR'), name='registration_forwards'),
        ),
    ]
