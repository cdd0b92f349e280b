"""文件导入, one implementation for every desk that may upload: list, progress, result, issues.

A desk's ``files.py`` calls ``import_urls`` with its namespace and role.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.errors import DomainError
from scf.access.policy import may
from scf.imports.parsers.cells import DateOrder
from scf.imports.queries import BatchFacts, batch_files_list, batch_get, batches_list, issue_rows
from scf.journeys.importing import import_commit, import_receive, import_undo
from scf.network.queries import user_names
from scf.network.values import Role, ref_id
from scf.portals.components import Empty
from scf.portals.export import cell_escape
from scf.portals.forms import form_refuse
from scf.portals.import_view import (
    RUNNING,
    batch_context,
    batch_number,
    issue_words,
    progress_of,
)
from scf.portals.shell.page import page
from scf.portals.shell.session import PortalRequest, portal_view
from scf.portals.tables import Chip, Column, Pick, Table

LISTED = 200


class ManyFilesInput(forms.ClearableFileInput):
    """Files of one set: they complete each other."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One or more files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        several = data if isinstance(data, (list, tuple)) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in several]


class UploadForm(forms.Form):
    """Files, and how dates are to be read where they could be read in two ways."""

    uploads = ManyFilesField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("CSV、XLSX 或 ZIP；一次可选多个，互相补全"),
    )
    date_order = forms.ChoiceField(
        label=gettext_lazy("日期写法"),
        choices=[
            (DateOrder.UNKNOWN.value, gettext_lazy("年月日；有歧义的拦下来")),
            (DateOrder.MONTH_FIRST.value, gettext_lazy("歧义日期按 月/日/年")),
            (DateOrder.DAY_FIRST.value, gettext_lazy("歧义日期按 日/月/年")),
        ],
        required=False,
    )


def import_urls(namespace: str, role: Role) -> list[URLPattern]:
    """The addresses ``imports``, ``import_batch``, ``import_progress``, ``import_act`` and
    ``import_issues`` of one desk."""

    @portal_view(role=role, post=True)
    def imports(request: PortalRequest) -> HttpResponse:
        return imports_page(request, namespace)

    @portal_view(role=role)
    def batch(request: PortalRequest, batch_id: int) -> HttpResponse:
        found = batch_get(batch_id=batch_id, scope=request.scope)
        return page(request, "imports/batch.html", batch_context(request, found, namespace))

    @portal_view(role=role)
    def progress(request: PortalRequest, batch_id: int) -> HttpResponse:
        return progress_part(request, namespace, batch_id)

    @portal_view(role=role, post=True)
    def act(request: PortalRequest, batch_id: int) -> HttpResponse:
        return batch_act(request, namespace, batch_id)

    @portal_view(role=role)
    def issues(request: PortalRequest, batch_id: int, file_id: int) -> HttpResponse:
        return issues_download(request, batch_id, file_id)

    return [
        path("imports/", imports, name="imports"),
        path("imports/<int:batch_id>/", batch, name="import_batch"),
        path("imports/<int:batch_id>/progress/", progress, name="import_progress"),
        path("imports/<int:batch_id>/act/", act, name="import_act"),
        path("imports/<int:batch_id>/issues/<int:file_id>.csv", issues, name="import_issues"),
    ]


def imports_page(request: PortalRequest, namespace: str) -> HttpResponse:
    """Upload on top, batches below."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            received = import_receive(
                actor=request.actor,
                files=[(one.name, one.read()) for one in form.cleaned_data["uploads"]],
                date_order=DateOrder(form.cleaned_data["date_order"] or DateOrder.UNKNOWN.value),
                at=request.at,
            )
            if not received.created:
                messages.info(request, _("这组文件以前上传过，这是原来的批次。"))
            return redirect(f"{namespace}:import_batch", batch_id=received.batch_id)
        except DomainError as error:
            form_refuse(form, error, field="uploads")
    rows = batches_list(scope=request.scope, limit=LISTED)
    return page(
        request,
        "imports/list.html",
        {
            "form": form,
            "may_upload": may(request.actor, "import.upload"),
            "batches": batches_table(rows, namespace),
            "number": len(rows),
            "newest": rows[0] if rows else None,
        },
        status=200 if request.method == "GET" else 422,
    )


def batches_table(rows: Sequence[BatchFacts], namespace: str) -> Table[BatchFacts]:
    """Batches with their counts, newest first."""
    ids = {one.uploaded_by: ref_id(one.uploaded_by) for one in rows if ":" in one.uploaded_by}
    names = user_names(user_ids=ids.values())
    who = {text: names.get(number, "") for text, number in ids.items()}
    return Table(
        id="batches",
        rows=rows,
        export="imports",
        columns=[
            Column(
                "number", _("批次 / 文件"), batch_number, sub=lambda r: r.name,
                href=lambda r: reverse(f"{namespace}:import_batch", args=[r.id]),
                strong=True, phone=1,
            ),
            Column("at", _("上传于"), lambda r: r.received_at, kind="moment",
                   sub=lambda r: who.get(r.uploaded_by, "")),
            Column("read", _("读到"), lambda r: r.read, kind="count", phone=2),
            Column("accepted", _("可入库"), lambda r: r.accepted, kind="count"),
            Column("unchanged", _("未变"), lambda r: r.unchanged, kind="count"),
            Column("quarantined", _("隔离"), lambda r: r.quarantined, kind="count", phone=4),
            Column("ignored", _("忽略"), lambda r: r.ignored, kind="count"),
            Column("state", _("状态"), lambda r: r.state, kind="status", axis="import", phone=3),
        ],
        chips=[
            Chip("", _("全部"), lambda r: True),
            Chip("running", _("处理中"), lambda r: r.state in RUNNING),
            Chip("dry", _("预演"), lambda r: r.state == "dry_run"),
            Chip("committed", _("已入库"), lambda r: r.state == "committed"),
            Chip("quarantined", _("有隔离行"), lambda r: r.quarantined > 0),
        ],
        picks=[Pick("who", _("上传人"), lambda r: who.get(r.uploaded_by, "") or _("导入命令"))],
        search=lambda r: (batch_number(r), r.name),
        search_hint=_("批次号 / 文件名"),
        empty=Empty(_("还没有导入"), _("上传后先预演，看过结果再入库。"), icon="upload"),
    )  # fmt: skip


def progress_part(request: PortalRequest, namespace: str, batch_id: int) -> HttpResponse:
    """The polled part; when the run is over the browser is sent to the result."""
    found = batch_get(batch_id=batch_id, scope=request.scope)
    url = reverse(f"{namespace}:import_progress", args=[batch_id])
    response = render(
        request, "components/progress.html", {"progress": progress_of(found, url, at=request.at)}
    )
    if found.state not in RUNNING:
        response["HX-Redirect"] = reverse(f"{namespace}:import_batch", args=[batch_id])
    return response


def batch_act(request: PortalRequest, namespace: str, batch_id: int) -> HttpResponse:
    """Commit a previewed batch, or take a committed one back."""
    if request.method == "POST":
        batch_get(batch_id=batch_id, scope=request.scope)
        if request.POST.get("act") == "undo":
            number = import_undo(actor=request.actor, batch_id=batch_id, at=request.at)
            messages.success(request, _("整批已撤销，%(n)s 张单据退回原样。") % {"n": number})
        else:
            import_commit(actor=request.actor, batch_id=batch_id, at=request.at)
            messages.success(request, _("正在入库，可以离开此页。"))
    return redirect(f"{namespace}:import_batch", batch_id=batch_id)


def issues_download(request: PortalRequest, batch_id: int, file_id: int) -> HttpResponse:
    """The rows with problems as they came, with a column that says what to mend."""
    batch_get(batch_id=batch_id, scope=request.scope)
    files = {row["id"]: row for row in batch_files_list(batch_id=batch_id)}
    if file_id not in files:
        raise DomainError("imports.batch_unknown", batch=batch_id)
    response = StreamingHttpResponse(
        _csv_lines(files[file_id]), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="B-{batch_id}-{file_id}-issues.csv"'
    return response  # type: ignore[return-value]


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def _csv_lines(file: Mapping[str, Any]) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    heads = [*file["headers"], _("问题"), _("怎么改")]
    yield ("\ufeff" + writer.writerow([cell_escape(str(head)) for head in heads])).encode()
    width = len(file["headers"])
    for cells, issues in issue_rows(file_id=file["id"]):
        padded = [cell_escape(str(cell)) for cell in cells[:width]]
        padded += [""] * (width - len(padded))
        texts = [issue_words(one["code"]) for one in issues]
        what = _("；").join(
            f"{one['column']}{_('：')}{text[0]}" if one["column"] else text[0]
            for one, text in zip(issues, texts, strict=True)
        )
        repair = _("；").join(dict.fromkeys(text[1] for text in texts))
        yield writer.writerow([*padded, what, repair]).encode()
