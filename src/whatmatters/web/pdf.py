"""A page of HTML as a tagged PDF (PDF/UA-1): read aloud in the right order, titled, in a stated language.

All that the page needs stands in it (styles and drawings inline): nothing is fetched, from outside or from the disk. A
drawing is read aloud by its ``<title>``, a picture by its ``alt``.
WeasyPrint and the libraries under it take a second to load, so that they are loaded when the first file is asked for.
"""

NEEDED = (
    "This computer cannot make PDF files yet: a library for laying out text is missing. Whoever looks after it can add "
    "it. On Debian or Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. On a Mac: brew install "
    "pango. Until then, use the print command of your browser."
)


class CannotMakePdf(Exception):
    """A library of the machine is missing. Its text says which packages to add; it may be shown to whoever asked."""


def pdf(html: str, *, title: str) -> bytes:
    """The file. ``html`` is a whole document; its ``lang`` (else British English) becomes that of the file.

    Raises CannotMakePdf where Pango is missing, and ValueError where ``html`` refers to anything outside itself.
    """
    try:
        import weasyprint  # noqa: PLC0415  # a second, and 60 MB, that no other page should pay
        from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415
    except OSError as missing:  # what it raises when it cannot load a shared library
        raise CannotMakePdf(NEEDED) from missing
    inside = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    try:
        document = weasyprint.HTML(string=html, url_fetcher=inside).render(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as outside:
        raise ValueError("The document refers to something outside itself") from outside
    document.metadata.title = title
    document.metadata.lang = document.metadata.lang or "en-GB"
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return made
