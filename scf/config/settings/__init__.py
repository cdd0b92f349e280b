"""Django's settings, one subject per file."""

from scf.config.settings.apps import *
from scf.config.settings.data import *
from scf.config.settings.language import *
from scf.config.settings.limits import *
from scf.config.settings.logs import *
from scf.config.settings.rest import *
from scf.config.settings.security import *
from scf.config.settings.static import *
from scf.config.settings.work import *
