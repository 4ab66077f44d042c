"""How decisions felt: answers, audits, and a commissioner's self-assessment."""

from django.urls import URLPattern, path

from whatmatters.components.shared_decision_making.views import (
    answers,
    assessing,
    auditing,
    improving,
    kiosk,
    packs,
    questions,
)

AUDIT, YEAR = "decisions/audits/<uuid:audit>/", "decisions/self-assessment/<str:board>/<str:year>/"

urlpatterns: list[URLPattern] = [
    path("how-it-felt/<str:word>/", questions.how_it_felt, name="how-it-felt"),
    path("screen/", kiosk.screen, name="screen"),
    path("people/<uuid:person>/how-it-felt/", questions.ask, name="ask-how-it-felt"),
    path("decisions/answers/", answers.answers, name="answers"),
    path("decisions/answers/type-in/", answers.type_in, name="type-in-answer"),
    path("decisions/screens/", kiosk.screens, name="screens"),
    path("decisions/screens/<uuid:kiosk>/off/", kiosk.switch_off, name="screen-off"),
    path("decisions/audits/", auditing.audits, name="audits"),
    path("decisions/audits/plan/", auditing.plan, name="plan-audit"),
    path(AUDIT, auditing.audit, name="audit-of-decisions"),
    path(f"{AUDIT}draw/", auditing.draw, name="audit-draw"),
    path(f"{AUDIT}send/", auditing.send, name="audit-send"),
    path(f"{AUDIT}close/", auditing.close, name="audit-close"),
    path(f"{AUDIT}give-up/", auditing.abandon, name="audit-give-up"),
    path(f"{AUDIT}check/", auditing.check, name="audit-check"),
    path(f"{AUDIT}letters/", packs.letters, name="audit-letters"),
    path(f"{AUDIT}consider/", improving.consider, name="audit-consider"),
    path(f"{AUDIT}decide/", improving.decide, name="audit-decide"),
    path(f"{AUDIT}sign/", improving.sign, name="audit-sign"),
    path(f"{AUDIT}pack/", packs.pack, name="audit-pack"),
    path(f"{AUDIT}pack.pdf", packs.pack_pdf, name="audit-pack-pdf"),
    path("decisions/improvements/<uuid:improvement>/made/", improving.made, name="improvement-made"),
    path("decisions/self-assessment/", assessing.assessments, name="self-assessments"),
    path(YEAR, assessing.assessment, name="self-assessment"),
    path(f"{YEAR}judge/", assessing.judge, name="self-assessment-judge"),
    path(f"{YEAR}plan/", assessing.plan_step, name="self-assessment-plan"),
    path(f"{YEAR}complete/", assessing.complete, name="self-assessment-complete"),
    path("decisions/planned/<uuid:step>/done/", assessing.step_done, name="self-assessment-step-done"),
]
