from django.urls import path

from whatmatters.people import views_audit, views_letters, views_wishes
from whatmatters.people import views_details as details
from whatmatters.people import views_finding as finding

PERSON = "people/<uuid:person>/details"

urlpatterns = [
    path("audit/", views_audit.entries, name="audit"),
    path("audit/<uuid:person>/", views_audit.of_person, name="audit-of-person"),
    path("people/", finding.find_person, name="find-person"),
    path("people/letters/", views_letters.lost_letters, name="lost-letters"),
    path("people/new/", finding.register, name="register-person"),
    path(f"{PERSON}/", details.details, name="person-details"),
    path(f"{PERSON}/change/", details.change_details, name="change-details"),
    path(f"{PERSON}/move/", details.move, name="move-registration"),
    path(f"{PERSON}/death/", details.death, name="record-death"),
    path(f"{PERSON}/wishes/", views_wishes.wishes, name="wishes"),
    path("my/<uuid:person>/wishes/", views_wishes.my_wishes, name="my-wishes"),
    path(f"{PERSON}/account/", details.give_account, name="give-account"),
    path(f"{PERSON}/carers/add/", details.add_carer, name="add-carer"),
    path(f"{PERSON}/carers/<uuid:carer>/end/", details.end_carer, name="end-carer"),
    path(f"{PERSON}/representatives/add/", details.add_representative, name="add-representative"),
    path(f"{PERSON}/representatives/<uuid:representative>/end/", details.end_representative, name="end-representative"),
]
