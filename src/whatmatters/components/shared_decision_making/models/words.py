"""The closed lists of a shared decision: local words, and national codes where the standard names them."""

from django.db import models


class Leader(models.TextChoices):
    """Who led the talk (the draft network specification asks for it by situation and tool, DRAFT20-4)."""

    GP = "gp", "GP"
    PHYSIOTHERAPIST = "physiotherapist", "Physiotherapist"
    NURSE = "nurse", "Nurse or midwife"
    PHARMACIST = "pharmacist", "Pharmacist"
    HOSPITAL_DOCTOR = "hospital doctor", "Hospital doctor or surgeon"
    OTHER_CLINICIAN = "other clinician", "Another clinician"
    COACH = "coach", "Health and wellbeing coach"
    LINK_WORKER = "link worker", "Link worker"
    CARE_COORDINATOR = "care coordinator", "Care coordinator"


class Interpreter(models.TextChoices):
    """Our own words: the codes of the NHS Data Dictionary's list were not seen."""

    PROFESSIONAL = "professional", "Yes, a professional interpreter"
    OTHER = "other", "Yes, another person"
    MISSING = "missing", "No, although one was needed"
    NOT_NEEDED = "not needed", "Not needed"


class Mechanism(models.TextChoices):
    """Our own words, as for the interpreter."""

    FACE_TO_FACE = "face to face", "Face to face"
    TELEPHONE = "telephone", "Telephone"
    VIDEO = "video", "Video"


class Recorded(models.TextChoices):
    """The standard names 431315003 (audio) and 282733006 (video recording of patient interview)."""

    AUDIO = "431315003", "Audio"
    VIDEO = "282733006", "Video"


class Consent(models.TextChoices):
    """NHS consent forms 1 to 4, with the SNOMED CT codes that the standard's guidance names."""

    FORM_1 = "849771000000105", "Form 1: agreement to investigation or treatment"
    FORM_2 = "849781000000107", "Form 2: parental agreement for a child or young person"
    FORM_3 = "849791000000109", "Form 3: consciousness not impaired"
    FORM_4 = "849801000000108", "Form 4: adults who lack the capacity to consent"
