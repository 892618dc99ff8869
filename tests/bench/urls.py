"""The platform's site map with the peers beside it."""

from django.urls import path

from fengtai.urls import handler400
from fengtai.urls import urlpatterns as site
from tests.bench.peers import export_library, floor, plain_list, rust_writer, table_export, trivial, workbook_writer

urlpatterns = [
    path("bench/trivial/", trivial.view),
    path("bench/floor/", floor.view),
    path("bench/plain/", plain_list.OrganisationList.as_view()),
    path("bench/tables2/", table_export.OrganisationExport.as_view()),
    path("bench/import-export/", export_library.view),
    path("bench/xlsxwriter/", workbook_writer.view),
    path("bench/rustpy/", rust_writer.view),
    *site,
]
__all__ = ["handler400", "urlpatterns"]
