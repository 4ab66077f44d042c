"""What a group may be made for: health conditions and circumstances. A local list, as ``needs`` is."""

from django.db import models


class Condition(models.TextChoices):
    ADDICTION = "addiction", "Alcohol, drugs or gambling"
    ARTHRITIS = "arthritis", "Arthritis"
    AUTISM = "autism", "Autism or ADHD"
    BABY = "baby", "Having a baby or small child"
    CANCER = "cancer", "Cancer"
    DEMENTIA = "dementia", "Dementia or memory problems"
    DIABETES = "diabetes", "Diabetes"
    DISABILITY = "disability", "Physical disability"
    FALLS = "falls", "Falls or frailty"
    HEARING = "hearing", "Deafness or hearing loss"
    HEART = "heart", "Heart or blood pressure"
    HOMELESS = "homeless", "Homelessness"
    LEARNING = "learning", "Learning disability"
    LUNGS = "lungs", "COPD, asthma or other lung conditions"
    MENTAL = "mental", "Mental ill health"
    MIGRANT = "migrant", "Being a refugee or new to the country"
    NEURO = "neuro", "Parkinson’s, MS or another neurological condition"
    PAIN = "pain", "Long-term pain"
    SIGHT = "sight", "Sight loss"
    STROKE = "stroke", "Stroke or brain injury"
    VETERAN = "veteran", "Having served in the armed forces"
    VIOLENCE = "violence", "Domestic abuse"
    WEIGHT = "weight", "Weight"
