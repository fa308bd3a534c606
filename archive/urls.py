"""Every public address in one table."""

from django.contrib import admin
from django.urls import path, register_converter

from archive.curation import history, index_status, outlooks, review
from archive.reader import (
    about,
    actors,
    browse,
    concordance,
    directives,
    documents,
    downloads,
    errors,
    formulations,
    health,
    home,
    list_files,
    problem,
    search,
    search_files,
    search_help,
    sitemap,
    sources,
    suggest,
    themes,
    versions,
    years,
)
from archive.reader.converters import (
    DirectiveEnding,
    DocumentEnding,
    ListEnding,
    NameConverter,
    NumberConverter,
    TableEnding,
)

register_converter(NumberConverter, "number")
register_converter(DocumentEnding, "document_ending")
register_converter(DirectiveEnding, "directive_ending")
register_converter(ListEnding, "list_ending")
register_converter(TableEnding, "table_ending")
register_converter(NameConverter, "name")

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search_page, name="search"),
    path("concordance/", concordance.concordance_page, name="concordance"),
    path("concordance.csv", concordance.concordance_csv, name="concordance_csv"),
    path("search.<list_ending:ending>", search_files.search_file, name="search_file"),
    path("suggest/", suggest.suggestions, name="suggest"),
    path("opensearch.xml", suggest.description, name="opensearch"),
    path("help/search/", search_help.search_help, name="search_help"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<number:number>/", documents.document, name="document"),
    path("documents/<number:number>/original", documents.original, name="original"),
    path("documents.<list_ending:ending>", list_files.documents_file, name="documents_file"),
    path("documents/<number:number>.<document_ending:ending>", downloads.document_file, name="document_file"),
    path("documents/<number:number>/cite", downloads.cite, name="cite"),
    path("documents/<number:number>/versions/<number:version>/", versions.version, name="version"),
    path("directives/", directives.directives, name="directives"),
    path("directives/matrix/", actors.matrix, name="matrix"),
    path("directives/<number:number>/", directives.directive, name="directive"),
    path("directives.<list_ending:ending>", list_files.directives_file, name="directives_file"),
    path("directives/<number:number>.<directive_ending:ending>", downloads.directive_file, name="directive_file"),
    path("themes/", browse.themes, name="themes"),
    path("themes.<table_ending:ending>", list_files.vocabulary_file, {"name": "themes"}, name="themes_file"),
    path("themes/<slug:key>/", themes.theme, name="theme"),
    path("sources/", browse.sources, name="sources"),
    path("sources.<table_ending:ending>", list_files.vocabulary_file, {"name": "sources"}, name="sources_file"),
    path("sources/<name:slug>/", sources.source, name="source"),
    path("actors/", browse.actors, name="actors"),
    path("actors.<table_ending:ending>", list_files.vocabulary_file, {"name": "actors"}, name="actors_file"),
    path("actors/<slug:slug>/", actors.actor, name="actor"),
    path("formulations/", browse.formulations, name="formulations"),
    path(
        "formulations.<table_ending:ending>",
        list_files.vocabulary_file,
        {"name": "formulations"},
        name="formulations_file",
    ),
    path("formulations/<name:slug>/", formulations.formulation, name="formulation"),
    path("about/", about.about, name="about"),
    path("about/method/", about.method, name="about_method"),
    path("about/coverage/", about.coverage, name="about_coverage"),
    path("about/cite/", about.cite, name="about_cite"),
    path("about/accessibility/", about.accessibility, name="about_accessibility"),
    path("about/problem/", problem.report, name="problem"),
    path("about/problem/thanks/", problem.thanks, name="problem_thanks"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-pages.xml", sitemap.pages, name="sitemap_pages"),
    path("sitemap-<slug:kind>-<number:number>.xml", sitemap.file, name="sitemap_file"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("years/", years.years, name="years"),
    path("years/undated/", years.year, name="undated"),
    path("years/<number:number>/", years.year, name="year"),
    path("kinds/", years.kinds, name="kinds"),
    path("healthz", health.healthz, name="healthz"),
    path("admin/archive/outlook/<int:pk>/", admin.site.admin_view(outlooks.page), name="outlook"),
    path("admin/archive/log/", admin.site.admin_view(history.log), name="log"),
    path("admin/archive/index/", admin.site.admin_view(index_status.page), name="index_status"),
    path("admin/archive/review/", admin.site.admin_view(review.queue), name="review"),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.server_error
