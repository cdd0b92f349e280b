"""The Valkey wheel: durable, never evicting, and speaking Redis."""

from contextlib import closing

import redis

from scf.runtime.layout import Layout
from scf.runtime.servers import servers_attach
from scf.runtime.valkey import DATABASES, valkey_url


def test_it_keeps_a_log_and_evicts_nothing(own_layout: Layout) -> None:
    with closing(redis.Redis.from_url(servers_attach(own_layout).redis_url)) as client:
        assert client.config_get("appendonly") == {"appendonly": "yes"}
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("databases") == {"databases": str(DATABASES)}


def test_the_url_carries_the_password() -> None:
    assert valkey_url(port=5, password="p") == "redis://:p@127.0.0.1:5/0"
