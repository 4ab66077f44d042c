"""The conditions and circumstances for which a plan has a part of its own. One plan holds them all; a local list."""

CONDITIONS = {
    "arthritis": "Arthritis",
    "asthma": "Asthma",
    "autism": "Autism or ADHD",
    "cancer": "Cancer",
    "copd": "COPD",
    "dementia": "Dementia or memory problems",
    "diabetes": "Diabetes",
    "falls": "Falls or frailty",
    "heart": "Heart failure or another heart condition",
    "kidney": "Kidney disease",
    "learning": "Learning disability",
    "mental": "Mental health",
    "neuro": "Parkinson’s, MS or another neurological condition",
    "pain": "Long-term pain",
    "pregnancy": "Pregnancy and birth",
    "sight": "Sight or hearing loss",
    "stroke": "Stroke or brain injury",
    "end": "The last months of life",
}
