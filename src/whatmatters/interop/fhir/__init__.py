"""FHIR R4 out and in: one file a resource. A referral travels as a Bundle (``bundle``); ``told`` is what it tells, in
plain values, so that reading is the exact opposite of writing, and only ``record`` knows the tables.

Profiles are UK Core's; the closed loop of ServiceRequest and Task is that of SDOH Clinical Care (STU 3), whose referral
tasks are never ``ready`` or ``received``. Where neither has a code, ours are named as ours.
"""
