#!/bin/sh
# From a clean Debian 12 to a production server with PostgreSQL behind nginx. Run as root in the
# project's folder, with the name people will use:  sh deploy/first_start.sh send.council.example
set -eu
NAME=$1

# 1. What Debian has today.
apt-get update
# 2. What Debian brings.
apt-get install -y --no-install-recommends pipx postgresql nginx ssl-cert
# 3. Somebody for the server to be, who may do nothing else.
useradd --system --home-dir /var/lib/send-dashboard --create-home send-dashboard
# 4. The program.
PIPX_HOME=/opt/send-dashboard PIPX_BIN_DIR=/usr/local/bin pipx install '.[postgresql]' --pip-args='--constraint constraints.txt'
# 5. Its database, reached by a socket, without a password.
env -C / runuser -u postgres -- psql -c 'CREATE ROLE "send-dashboard" LOGIN' -c 'CREATE DATABASE "send-dashboard" OWNER "send-dashboard"'
# 6. Its settings, with a key of their own.
sed "s/change-me/$(openssl rand -hex 32)/; s/send\.council\.example/$NAME/" deploy/settings.toml | install -D -m 640 -g send-dashboard /dev/stdin /etc/send-dashboard/settings.toml
# 7. Its tables, and the published figures that travel with it.
runuser -u send-dashboard -- env SEND_SETTINGS=/etc/send-dashboard/settings.toml send-dashboard init
# 8. Its units and timers for systemd, with the links that start them at each start of the machine,
#    and its site for nginx, whose certificate is the machine's own until you put yours there.
cp -r deploy/etc /
# 9. Now: the server, a backup each night, reminders each morning, and nginx before it.
systemctl reload-or-restart send-dashboard.service send-dashboard-backup.timer send-dashboard-remind.timer nginx
