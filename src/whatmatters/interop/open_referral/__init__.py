"""Open Referral UK 3.0, the British profile of HSDS 3: the directory in (``importing``) and out (``urls``).

Standard: openreferraluk.org; schemas and examples by Open Referral UK and Open Referral, CC BY-SA 4.0.
"""
