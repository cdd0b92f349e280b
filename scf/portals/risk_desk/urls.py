"""The risk desk's addresses, and the lines of its rail."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from scf.portals.risk_desk import (
    case,
    cases,
    collection,
    collections,
    compare,
    documents,
    edge,
    graph,
    limit,
    limits,
    nav,
    queue,
    report,
    reports,
    scorecards,
    stress,
    taking,
    warning,
    warnings,
)
from scf.portals.shell.desks import NavItem

app_name = "risk"
NAV: tuple[NavItem, ...] = (
    NavItem("home", _("待办队列"), "inbox", count=nav.queue_count),
    NavItem("reports", _("企业报告"), "report-search"),
    NavItem("graphs", _("关系图谱"), "topology-star-3"),
    NavItem("cases", _("案件"), "briefcase", count=nav.cases_count),
    NavItem("limits", _("额度"), "gauge"),
    NavItem("warnings", _("预警"), "alert-triangle"),
    NavItem("collections", _("催收"), "phone"),
    NavItem("scorecards", _("评分卡"), "certificate"),
    NavItem("stress", _("压力测试"), "flask"),
)
urlpatterns = [
    path("", queue.home, name="home"),
    path("run/", queue.progress, name="run_progress"),
    path("take/", taking.take, name="take"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<int:case_id>/", case.case, name="case"),
    path("documents/<int:line_id>/", documents.documents, name="documents"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:report_id>/", report.report, name="report"),
    path("reports/<int:report_id>/file/", report.report_file, name="report_file"),
    path("reports/<int:report_id>/compare/", compare.compare, name="compare"),
    path("firms/<int:party_id>/", reports.firm, name="firm"),
    path("graph/", graph.graphs, name="graphs"),
    path("graph/rows/", edge.edge, name="edge"),
    path("graph/<int:party_id>/", graph.graph, name="graph"),
    path("graph/<int:party_id>/data/", graph.graph_data, name="graph_data"),
    path("scorecards/", scorecards.scorecards, name="scorecards"),
    path("scorecards/<int:card_id>/", scorecards.scorecard, name="scorecard"),
    path("limits/", limits.limits, name="limits"),
    path("limits/new/", limits.limit_new, name="limit_new"),
    path("limits/<int:limit_id>/", limit.limit, name="limit"),
    path("limits/changes/<int:change_id>/", limit.change, name="change"),
    path("stress/", stress.stress, name="stress"),
    path("stress/<int:stress_id>/", stress.stress_run, name="stress_run"),
    path("stress/<int:stress_id>/progress/", stress.stress_progress, name="stress_progress"),
    path("stress/<int:stress_id>/file/", stress.stress_result_file, name="stress_file"),
    path("warnings/", warnings.warnings, name="warnings"),
    path("warnings/<int:warning_id>/", warning.warning, name="warning"),
    path("collection/", collections.collections, name="collections"),
    path("collection/<int:item_id>/", collection.collection, name="collection"),
]
