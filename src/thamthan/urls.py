"""Where the shells stand: pages at the root, the API below /api/v1/."""

from django.urls import include, path

from thamthan.api.router import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("thamthan.web.urls")),
]
handler400 = "thamthan.web.home.bad_request"
