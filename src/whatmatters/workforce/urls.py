from django.urls import URLPattern, path

from whatmatters.workforce import views, views_support, views_training

urlpatterns: list[URLPattern] = [
    path("team/", views.team, name="team"),
    path("team/training/", views_training.left_to_train, name="left-to-train"),
    path("team/add/", views.take_on, name="take-on"),
    path("team/<int:worker>/posts/add/", views.appoint, name="appoint"),
    path("team/<int:worker>/", views_support.worker, name="worker"),
    path("team/<int:worker>/supervision/", views_support.record_supervision, name="record-supervision"),
    path("team/<int:worker>/training/", views_support.record_training, name="record-training"),
    path("team/<int:worker>/supervisor/", views_support.name_supervisor, name="name-supervisor"),
    path("team/records/<int:record>/strike-out/", views_support.strike_out, name="strike-out"),
    path("my-work/", views_support.my_work, name="my-work"),
    path("team/posts/<int:post>/end/", views.end_post, name="end-post"),
]
