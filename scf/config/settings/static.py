"""Files that pages load: ours, and the few files we use of each front-end package."""

from scf.config.env import BASE_DIR, RUN_DIR

_PACKAGES = BASE_DIR / "node_modules"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "scf.config.packages.PackageFinder",
]
# Static path -> file; nothing else of a package is ever served.
HUOSHUI_PACKAGE_FILES = {
    "vendor/tabler/tabler.min.css": _PACKAGES / "@tabler/core/dist/css/tabler.min.css",
    "vendor/tabler/tabler.min.js": _PACKAGES / "@tabler/core/dist/js/tabler.min.js",
    "vendor/echarts/echarts.min.js": _PACKAGES / "echarts/dist/echarts.min.js",
    **{
        f"vendor/inter/files/inter-{subset}-wght-normal.woff2": _PACKAGES
        / f"@fontsource-variable/inter/files/inter-{subset}-wght-normal.woff2"
        for subset in ("latin", "latin-ext")
    },
}
# Icons are drawn into the page as SVG, one file each: icons/outline/NAME.svg, icons/filled/NAME.svg.
HUOSHUI_ICONS_DIR = _PACKAGES / "@tabler/icons/icons"

STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": RUN_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "scf.config.packages.ServedStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
