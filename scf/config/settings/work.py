"""Celery: JSON only, and only a wake-up; the database knows what is to be done."""

from scf.config.settings.data import REDIS_URL

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
# The relay turns events into work and wakes workers; a missed second is made up by the next one.
CELERY_BEAT_SCHEDULE = {
    "relay": {
        "task": "scf.tasks.relay_run",
        "schedule": 1.0,
        "options": {"expires": 2, "ignore_result": True},
    }
}
# Who plays the world outside when a demo programme's days go by in a row.
HUOSHUI_DEMO_EVENING = "scf.simulator.play.watch.bank_evening_play"
