"""The published measures for programs: JSON files with permanent addresses, and what they hold."""

# The shape of the answers. The first number grows when something is taken away or means something
# else, the second when something is added, the third when only words change; `docs/api.md` says
# what each version changed. Definitions of measures have versions of their own, in every figure.
API_VERSION = "1.0.0"
