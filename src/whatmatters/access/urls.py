from django.urls import URLPattern, path

from whatmatters.access.views import accounts, password, second_factor, sign_in

urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in.enter, name="sign-in"),
    path("sign-out/", sign_in.leave, name="sign-out"),
    path("second-step/", second_factor.show, name="second-factor"),
    path("second-step/set-up/", second_factor.set_up, name="set-up-second-factor"),
    path("second-step/backup-codes/", second_factor.backup_codes, name="backup-codes"),
    path("password/", password.change, name="password"),
    path("invitation/<int:account>/<str:token>/", password.invitation, name="invitation"),
    path("invitation/", password.set_by_invitation, name="set-password"),
    path("accounts/", accounts.everyone, name="accounts"),
    path("accounts/invite/", accounts.invite, name="invite"),
    path("accounts/<int:account>/", accounts.one, name="account"),
    path("accounts/<int:account>/grant/", accounts.grant, name="grant-role"),
    path("accounts/<int:account>/grants/<int:grant>/end/", accounts.end, name="end-grant"),
    path("accounts/<int:account>/invite-again/", accounts.invite_again, name="invite-again"),
    path("accounts/<int:account>/close/", accounts.close, name="close-account"),
    path("accounts/<int:account>/open/", accounts.reopen, name="open-account"),
    path("accounts/<int:account>/reset-second-step/", accounts.reset, name="reset-second-factor"),
]
