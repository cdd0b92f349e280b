"""Addresses of the API, under ``/api/v1/``."""

from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from scf.api.views import desk, financing, imports, products

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("token", desk.Tokens.as_view(), name="token"),
    path("notifications", desk.Notifications.as_view(), name="notifications"),
    path("receivables", financing.Receivables.as_view(), name="receivables"),
    path("receivables/<int:receivable_id>", financing.Receivable.as_view(), name="receivable"),
    path("quotes", financing.Quotes.as_view(), name="quotes"),
    path("quotes/<int:quote_id>", financing.Quote.as_view(), name="quote"),
    path("quotes/<int:quote_id>/accept", financing.QuoteAccept.as_view(), name="quote-accept"),
    path("claims", financing.Claims.as_view(), name="claims"),
    path("claims/<int:claim_id>", financing.Claim.as_view(), name="claim"),
    path("series", products.SeriesList.as_view(), name="series-list"),
    path("series/<int:series_id>", products.SeriesOne.as_view(), name="series"),
    path(
        "series/<int:series_id>/subscriptions",
        products.Subscriptions.as_view(),
        name="subscriptions",
    ),
    path("holdings", products.Holdings.as_view(), name="holdings"),
    path("imports", imports.Imports.as_view(), name="imports"),
    path("imports/<int:batch_id>", imports.Import.as_view(), name="import"),
    path("schema", SpectacularAPIView.as_view(), name="schema"),
    # The split view and our own template: no inline script or style, as the policy wants it.
    path(
        "docs",
        SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="api/docs.html"),
        name="docs",
    ),
]
