"""Every way in which a text for people is written is found."""

from pathlib import Path

from scf.management.messages import Message, messages_find, python_messages, template_messages

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy
from django.utils.translation import ngettext, pgettext_lazy as _p, npgettext
from elsewhere import gettext_noop

_("营业日")
gettext_lazy("应收" "款")
ngettext("%(n)d 笔", "%(n)d 笔", 2)
_p("付款", "已取消")
npgettext("单据", "%(n)s 张", "%(n)s 张", 3)
gettext_noop("不是我们的")
_(name)
print("不是文案")
"""


def test_python_calls_under_any_name() -> None:
    assert set(python_messages(PYTHON)) == {
        Message("营业日"),
        Message("应收款"),
        Message("%(n)d 笔", plural="%(n)d 笔"),
        Message("已取消", context="付款"),
        Message("%(n)s 张", context="单据", plural="%(n)s 张"),
    }


TEMPLATE = """
{% translate "首页" %}{% translate '取消' context "付款" %}
{% card _("应收款") note=_('万元') %}x{% endcard %}{{ x|default:_("无") }}
{% blocktranslate count n=n with sum=s|money %}{{ n }} 笔，100%{% plural %}{{ n }} 笔{% endblocktranslate %}
{% blocktranslate trimmed %}
  得 {{ sum }}
{% endblocktranslate %}
{# translate "注释" #}{% comment %}x{% endcomment %}
"""


def test_template_tags_and_arguments() -> None:
    assert set(template_messages(TEMPLATE)) == {
        Message("首页"),
        Message("取消", context="付款"),
        Message("应收款"),
        Message("万元"),
        Message("无"),
        Message("%(n)s 笔，100%%", plural="%(n)s 笔"),
        Message("得 %(sum)s"),
    }


def test_files_are_named(tmp_path: Path) -> None:
    for package in ("ledger", "risk", "scf", "templates"):
        (tmp_path / package).mkdir()
    (tmp_path / "templates/a.html").write_text('{% translate "首页" %}')
    (tmp_path / "scf/a.py").write_text(PYTHON.replace("营业日", "首页"))
    assert messages_find(root=tmp_path)[Message("首页")] == {"templates/a.html", "scf/a.py"}
