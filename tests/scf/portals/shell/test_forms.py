"""Login and password forms in our words."""

from django.utils import translation

from scf.portals.shell.forms import LanguageForm, LoginForm


def test_labels_are_ours() -> None:
    with translation.override("zh-hans"):
        assert str(LoginForm().fields["username"].label) == "用户名"


def test_only_the_three_languages() -> None:
    assert LanguageForm({"language": "zh-hant"}).is_valid()
    assert not LanguageForm({"language": "fr"}).is_valid()
