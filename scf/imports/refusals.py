"""What the refusals of this room say to a person."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "imports.file_too_large": _(
        "文件 %(file)s 超过上限 %(limit)s 字节。没有导入任何行。请拆分后再上传。"
    ),
    "imports.too_many_rows": _("行数超过上限 %(limit)s。没有导入任何行。请拆分后再上传。"),
    "imports.zip_bomb": _(
        "文件 %(file)s 解压后将达 %(unpacked)s 字节，超出允许范围。没有解压，也没有导入。"
    ),
    "imports.archive_broken": _("压缩文件 %(file)s 已损坏或加密。没有导入。请重新打包后再上传。"),
    "imports.archive_nested": _("压缩文件里还有压缩文件 %(file)s。没有导入。请先解开内层。"),
    "imports.xml_entities": _(
        "文件 %(file)s 声明了 XML 实体，可能有害。没有读取。请由来源系统重新导出。"
    ),
    "imports.format_unknown": _(
        "不能识别文件 %(file)s 的格式。没有导入。请上传 CSV、XLSX 或 ZIP。"
    ),
    "imports.encoding_unknown": _(
        "第 %(place)s 字节起不是 UTF-8、GB18030 或 UTF-16。没有导入。请另存为 UTF-8 后再上传。"
    ),
    "imports.csv_broken": _(
        "文件 %(file)s 第 %(line)s 行起引号没有成对。没有导入。请修正该行后再上传。"
    ),
    "imports.workbook_broken": _(
        "工作簿不能打开（%(detail)s）。没有导入。请在 Excel 中另存一份后再上传。"
    ),
    "imports.no_rows": _("文件里没有数据行。没有导入。请核对导出条件。"),
    "imports.columns_unknown": _(
        "文件 %(file)s 的列名不对应任何已知的表（最接近 %(table)s，缺 %(missing)s）。"
        "没有导入。请对照导入格式说明。"
    ),
    "imports.batch_unknown": _("没有这个导入批次，或不在您可见的范围内。请从列表中重新选择。"),
    "imports.batch_running": _("这个批次正在处理。没有重复开始。请在进度页等待。"),
    "imports.batch_not_undoable": _("这个批次没有入库，或已撤销。没有改动。"),
    "imports.batch_financed": _(
        "这个批次的 %(count)s 张发票已在融资中，不能撤销。没有改动。请先处理这些融资。"
    ),
    "imports.path_unknown": _("找不到路径 %(path)s。没有导入。"),
    "imports.not_allowed": _("您的席位不能导入文件。没有导入。请联系本单位的经办人。"),
    "imports.state_conflict": _("批次状态已变化（%(state)s）。没有执行。请刷新页面。"),
}
