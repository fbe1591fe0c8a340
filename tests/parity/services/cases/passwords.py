from django.contrib.auth.hashers import make_password, check_password, is_password_usable, identify_hasher
NAMES = ("default", "pbkdf2_sha256", "md5", "argon2", "scrypt", "bcrypt_sha256")
[make_password("secret", hasher=name).split("$")[0] for name in NAMES]
[check_password("secret", make_password("secret", hasher=name)) for name in NAMES], [check_password("Secret", make_password("secret", hasher=name)) for name in NAMES]
def told(encoded, password="secret", **options):
    heard = []
    return check_password(password, encoded, heard.append, **options), heard
told(make_password("secret")), told(make_password("secret", hasher="md5")), told(make_password("secret"), "no"), told(make_password("secret", hasher="md5"), "no"), told(make_password("secret", hasher="md5"), preferred="md5"), told(make_password("secret"), preferred="md5")
each(lambda p: check_password(p, make_password("secret")), "", "secret", b"secret", None, "sécret")
each(lambda e: check_password("secret", e), "", "!", "!abc", None, "md5$a$b", "nope$a$b", "plain", "$$$")
each(make_password, "", "ü" * 100, b"bytes", None, 5, 1.5, ["x"])[3][0], check_password("ü" * 100, make_password("ü" * 100)), check_password(b"bytes", make_password("bytes"))
tried(make_password, "x", hasher="nope"), len(make_password(None)), make_password(None) == make_password(None), make_password("a") == make_password("a")
check_password("lètmein", "pbkdf2_sha256$1000000$seasalt$r1uLUxoxpP2Ued/qxvmje7UH9PUJBkRrvf9gGPL7Cps="), check_password("lètmein", "md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3")
each(lambda name: identify_hasher(make_password("x", hasher=name)).algorithm, *NAMES), tried(identify_hasher, "plain"), tried(identify_hasher, "")
each(lambda name: identify_hasher(make_password("x", hasher=name)).verify("x", make_password("x", hasher=name)), *NAMES)
each(lambda name: identify_hasher(make_password("x", hasher=name)).must_update(make_password("x", hasher=name)), "default", "pbkdf2_sha256")
