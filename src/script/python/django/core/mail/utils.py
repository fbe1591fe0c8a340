"""The name of this machine, as mail tells it."""


class CachedDnsName:
    """Asked for once, when it is first needed."""

    def __str__(self):
        return self.get_fqdn()

    def get_fqdn(self):
        if not hasattr(self, "_fqdn"):
            import socket

            self._fqdn = socket.getfqdn()
        return self._fqdn


DNS_NAME = CachedDnsName()
