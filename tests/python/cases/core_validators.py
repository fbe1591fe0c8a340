from decimal import Decimal
from django.core.exceptions import ValidationError
from django.core import validators
from django.core.validators import *
from django.core.files.base import ContentFile
MAILS = ["", None, "a@b.com", "email@here.com", "weirder-email@here.and.there.com", "a@b", "a@localhost", '"a b"@c.de', '"test@test"@example.com', "a.@b.com", ".a@b.com", "a..b@c.de", "a@-b.com", "a@b-.com", "a@b.c-", "a@[127.0.0.1]", "a@[::1]", "a@[1.2.3]", "a@b.com\n", "a\n@b.com", "example@valid-----hyphens.com", "example@invalid-.com", "a@%s.us" % ("a" * 63), "a@%s.us" % ("a" * 64), "x" * 315 + "@a.co", "a" * 320 + "@b.com", "ü@b.com", "a@ü.com", "a@xn--4ca9at.com", "a@b.xn--p1ai", "a@b.c1", "@", "a@", "@b.com", "a@b@c.com", 'a"b@c.com', "a b@c.com", "a@b.com.", '"\\\x11"@here.com', '"\\\n"@here.com', "a@b.co.", "(a)@b.com", "a@.com", 5]
each(validate_email, *MAILS)
each(EmailValidator(allowlist=["b", "c.d"]), "a@b", "a@c.d", "a@localhost")
each(EmailValidator(message="no", code="mail"), "a", "")
each(validate_email, "a@" + ("a" * 60 + ".") * 5 + "com")
URLS = ["", None, 5, "http://www.djangoproject.com/", "HTTP://WWW.DJANGOPROJECT.COM/", "http://localhost/", "http://example.com:8000/", "http://200.8.9.10:8000/test", "http://valid-----hyphens.com/", "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com", "foo", "http://", "http://example", "http://example.", "http://.com", "http://invalid-.com", "http://-invalid.com", "http://inv-.alid-.com", "http://[::1]/", "http://[::ffff:192.0.2.5]/a", "http://[::1]:8000", "http://[a", "http://[1:2]/", "http://a.b.c.", "http://256.1.1.1/", "http://01.2.3.4", "http://0.0.0.0/", "http://1.2.3", "ftp://a.com", "ftps://a.com", "javascript:alert(1)", "git://a.com", "http://a.com\n", "http://a.com/x y", "http://a.com?x=1#y", "http://user:pass@a.com", "http://us er@a.com", "http://a:b:c@a.com", "http://a@b@a.com/", "http://:x@a.com", "http://öäü.com", "http://a.com:99999", "http://a.com:999999", "http://a.com:", "http://a.com:x", "http://" + "a" * 64 + ".com", "http://" + ("a" * 60 + ".") * 5 + "com", "http://a.com/" + "x" * 3000, "//a.com", "http:/a.com", "http://a.com\\b", "http://xn--4ca9at.com", "http://a.123", "http://1.2.3.4.5", "http://a.c", "http://a_b.com", "http://localhost:80", "http://LOCALHOST", "http://localhost.", "http://www.example.com/\x00", "http://a.com/\u2028", " http://a.com"]
each(URLValidator(), *URLS)
each(URLValidator(schemes=["git", "file"]), "git://example.com", "file://localhost/path", "http://a.com", "GIT://a.com", "git+ssh://a.com")
DOMAINS = ["", "a.com", "localhost", "a", "a.com.", "a..com", "ü.com", "a.b.c.d.e", "-a.com", "a-.com", "a.1", "a.c", "a" * 64 + ".com", ("a" * 60 + ".") * 5 + "com", None, 5, "a b.com", "a.com\n", "xn--4ca9at.com", "python.org.", "python..org", "a_b.com", "1.com", "a.xn--", "a.xn--x"]
each(validate_domain_name, *DOMAINS)
each(DomainNameValidator(accept_idna=False), *DOMAINS)
each(validate_slug, "", "a", "a-b_1", "ü", "a b", "a\n", None, 5, "A", "-")
each(validate_unicode_slug, "", "a", "a-b_1", "ü", "a b", "a\n", "你好", "-ŝ-")
each(validate_integer, "1", "-1", "+1", "1.0", "", None, "a", 5, "1\n", "٣", "--1", " 1")
each(validate_comma_separated_integer_list, "1", "1,2", "1,,2", ",", "1,", "a,b", "1, 2", "", "-1,2", "1\n")
each(int_list_validator(sep=".", allow_negative=True), "1.-2", "1,2", "-1", "--1")
each(int_list_validator(sep="*"), "1*2", "1**2")
ADDRESSES = ["1.2.3.4", "256.1.1.1", "1.2.3", "1.2.3.4 ", "01.2.3.4", "::1", "fe80::1", "::ffff:1.2.3.4", "12345::", "1:2", "", "a", "::ffff:1.2.3.4.5", "1::2::3", "fe80::1%eth0", None, 5]
each(validate_ipv4_address, *ADDRESSES)
each(validate_ipv6_address, *ADDRESSES)
each(validate_ipv46_address, *ADDRESSES[:-2])
each(lambda p: ip_address_validators(p, False)[0].__name__, "both", "IPv4", "ipv6", "x")
tried(ip_address_validators, "ipv4", True)
each(MaxValueValidator(5), 4, 5, 6, 5.5, Decimal("5.1"), "6", None)
each(MinValueValidator(lambda: 5), 4, 5, 6)
each(MaxLengthValidator(3), "", "abc", "abcd", [1, 2, 3, 4], 5)
each(MinLengthValidator(1), "", "a", "üü")
each(MinLengthValidator(3), "", "ab", "abc")
each(StepValueValidator(3), 0, 3, 4, -3, 1.5)
each(StepValueValidator(0.1), 0.3, 0.35, 1, 100.1)
each(StepValueValidator(3, offset=1), 1, 4, 5, -2, 0)
each(MaxValueValidator(5, message="no %(limit_value)s %(show_value)s %(value)s"), 6)
NUMBERS = ["1", "12.34", "123", "0.001", "1e3", "0E+5", "1E-5", "NaN", "Infinity", "-Infinity", "-12.3", "0", "00012.5", "123456", "0.10"]
each(lambda n: DecimalValidator(4, 2)(Decimal(n)), *NUMBERS)
each(lambda n: DecimalValidator(3, 3)(Decimal(n)), *NUMBERS)
each(lambda n: DecimalValidator(None, 1)(Decimal(n)), *NUMBERS)
each(lambda n: DecimalValidator(2, None)(Decimal(n)), *NUMBERS)
FILES = ["a.txt", "a.TXT", "a", "a.pdf", ".txt", "a.txt.exe", "a.tar.gz", ""]
each(lambda n: FileExtensionValidator(["txt", "GZ"])(ContentFile("x", name=n)), *FILES)
each(lambda n: FileExtensionValidator()(ContentFile("x", name=n)), *FILES)
each(lambda n: FileExtensionValidator([])(ContentFile("x", name=n)), "a", "a.b")
each(ProhibitNullCharactersValidator(), "", "a", "\x00", "a\x00b", None)
each(RegexValidator("[0-9]+"), "a", "1", "", None, 5)
each(RegexValidator("^x$", inverse_match=True, message="m", code="c"), "x", "y")
each(RegexValidator("x", flags=2), "X", "y")
import re
tried(RegexValidator, re.compile("x"), flags=2)
RegexValidator("x") == RegexValidator("x"), RegexValidator("x") == RegexValidator("y"), RegexValidator("x") == RegexValidator("x", code="a")
EmailValidator() == EmailValidator(), EmailValidator(code="x") == EmailValidator(), URLValidator() == URLValidator()
MaxValueValidator(1) == MaxValueValidator(1), MaxValueValidator(1) == MinValueValidator(1), MaxValueValidator(1) == 5
DecimalValidator(1, 2) == DecimalValidator(1, 2), FileExtensionValidator(["a"]) == FileExtensionValidator(["A"])
EMPTY_VALUES
MaxValueValidator(5).deconstruct()
RegexValidator("x", code="y").deconstruct()
"jpg" in get_available_image_extensions()
