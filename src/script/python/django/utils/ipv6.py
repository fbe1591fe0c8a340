"""Addresses of IPv6."""

MAX_IPV6_ADDRESS_LENGTH = 39


def _ipv6_address_from_str(ip_str, max_length=MAX_IPV6_ADDRESS_LENGTH):
    from ipaddress import IPv6Address

    if len(ip_str) > max_length:
        from ipaddress import AddressValueError

        raise AddressValueError(f"an IPv6 address has at most {max_length} characters")
    return IPv6Address(int(IPv6Address(ip_str)))


def clean_ipv6_address(
    ip_str, unpack_ipv4=False, error_message="This is not a valid IPv6 address.", max_length=MAX_IPV6_ADDRESS_LENGTH
):
    """The address in its shortest form; a ValidationError where it is none."""
    from django.core.exceptions import ValidationError

    try:
        address = _ipv6_address_from_str(ip_str, max_length)
    except ValueError:
        raise ValidationError(error_message, code="invalid", params={"protocol": "IPv6"}) from None
    if address.ipv4_mapped is None:
        return str(address)
    return str(address.ipv4_mapped) if unpack_ipv4 else f"::ffff:{address.ipv4_mapped}"


def is_valid_ipv6_address(ip_addr):
    from ipaddress import IPv6Address

    if isinstance(ip_addr, IPv6Address):
        return True
    try:
        _ipv6_address_from_str(ip_addr)
    except (TypeError, ValueError):
        return False
    return True
