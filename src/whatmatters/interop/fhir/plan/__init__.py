"""A plan as a FHIR R4 document: Composition, the plan and everything it leads to, and who wrote what.

``care_planning/standard.py`` says what a plan may hold, ``places`` which resource and element each part of it has. What
FHIR has no element for stands as an extension of ours, so that nothing of the standard is lost on the way.
"""
