"""gunicorn: threads for slow networks, few workers, a control socket nowhere."""

from config.settings import server_from_env

server = server_from_env()

bind = f"{server.host}:{server.port}"
workers = server.workers
preload_app = True  # a worker that dies is back at once; nothing is opened before the fork
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 45
keepalive = 15
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = server.shared_memory
accesslog = None
control_socket_disable = True
forwarded_allow_ips = "127.0.0.1,::1"
