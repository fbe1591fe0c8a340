"""The site of a request."""


def get_current_site(request):
    """The site with the name and domain of `[site]` in djr.toml, else those of the host of the request."""
    from django.conf import settings
    from django.contrib.sites.requests import RequestSite

    own = getattr(settings, "SITE", None) or {}
    domain, name = own.get("domain"), own.get("title")
    if request is None and not domain:
        raise ValueError("without a request the site has to have a domain: [site] domain in djr.toml")
    site = RequestSite.__new__(RequestSite) if domain else RequestSite(request)
    if domain:
        site.domain = site.name = domain
    if name:
        site.name = name
    return site
