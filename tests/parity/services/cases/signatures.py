from django.core import signing
from django.core.signing import Signer, TimestampSigner, BadSignature, SignatureExpired
Signer().sign("value"), Signer(salt="s").sign("ü"), Signer(key="k").sign(""), Signer(sep="|").sign("a:b"), Signer(algorithm="sha1").sign("x")
each(Signer().unsign, Signer().sign("value"), "value", "value:x", "", ":", Signer(salt="s").sign("value"))
Signer().sign_object({"a": [1, "ü"]}), Signer().unsign_object(Signer().sign_object([1, None])), Signer().sign_object("x" * 200, compress=True)
signing.loads(signing.dumps({"a": 1})), signing.loads(signing.dumps("x" * 300, compress=True)) == "x" * 300, signing.loads(signing.dumps([1], salt="s"), salt="s"), tried(signing.loads, signing.dumps([1], salt="s")), tried(signing.loads, "junk"), tried(signing.loads, "")
TimestampSigner().unsign(TimestampSigner().sign("x"), max_age=10), tried(TimestampSigner().unsign, TimestampSigner().sign("x"), max_age=-1), TimestampSigner().unsign(TimestampSigner().sign("x"))
tried(Signer, sep="a"), signing.b62_encode(0), signing.b62_encode(12345678901), signing.b62_encode(-5), signing.b62_decode("dnh"), signing.b62_decode("-5")
signing.get_cookie_signer(salt="x").unsign(signing.get_cookie_signer(salt="x").sign("v")), tried(signing.get_cookie_signer(salt="y").unsign, signing.get_cookie_signer(salt="x").sign("v"))
from django.utils.crypto import salted_hmac, constant_time_compare, get_random_string
salted_hmac("salt", "value").hexdigest(), salted_hmac("salt", "value", algorithm="sha256").hexdigest(), salted_hmac("s", b"v", secret="x").hexdigest()
constant_time_compare("a", "a"), constant_time_compare("a", b"a"), constant_time_compare("ü", "u"), len(get_random_string(12)), get_random_string(5, "a")
