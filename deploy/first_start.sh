#!/bin/sh
# From a clean Debian 12 to a production server with PostgreSQL behind nginx. Run as root in the
# project's folder, with the name people will use:  sh deploy/first_start.sh send.council.example
set -eu
NAME=$1

# 1. What Debian brings.
apt-get install -y pipx postgresql nginx ssl-cert
# 2. Somebody for the server to be, who may do nothing else.
useradd --system --home-dir /var/lib/send-dashboard --create-home send-dashboard
# 3. The program.
PIPX_HOME=/opt/send-dashboard PIPX_BIN_DIR=/usr/local/bin pipx install '.[postgresql]' --pip-args='--constraint constraints.txt'
# 4. Its database, reached by a socket, without a password.
runuser -u postgres -- psql -c 'CREATE ROLE "send-dashboard" LOGIN' -c 'CREATE DATABASE "send-dashboard" OWNER "send-dashboard"'
# 5. Its settings, with a key of their own.
sed "s/change-me/$(openssl rand -hex 32)/; s/send\.council\.example/$NAME/" deploy/settings.toml | install -D -m 640 -g send-dashboard /dev/stdin /etc/send-dashboard/settings.toml
# 6. Its tables, and the published figures that travel with it.
runuser -u send-dashboard -- env SEND_SETTINGS=/etc/send-dashboard/settings.toml send-dashboard init
# 7. The server, now and at each start of the machine.
systemctl enable --now "$PWD/deploy/send-dashboard.service"
# 8. nginx before it. The certificate is the machine's own until you put yours in its place.
sed "s/send\.council\.example/$NAME/" deploy/nginx-site.conf > /etc/nginx/sites-enabled/send-dashboard
# 9. And there it is.
systemctl reload nginx
