"""Topic guides: sessions, cache, mail, signing, messages, passwords, settings."""

import datetime
import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, get_user_model, password_validation
from django.contrib.auth.hashers import check_password, identify_hasher, is_password_usable, make_password
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator, NumericPasswordValidator, UserAttributeSimilarityValidator
from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail, signing
from django.core.cache import cache, caches
from django.core.cache.utils import make_template_fragment_key
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, get_connection, mail_admins, mail_managers, send_mail, send_mass_mail

from shop.models import Book


def sessions(show, request):
    session = request.session
    session["a"] = 1
    session.setdefault("list", []).append(2)
    show(session.get("a"), "list" in session, session.modified, session.accessed, list(session.keys()), session.pop("a"), session.pop("a", 9))
    session.set_expiry(300)
    show(session.get_expiry_age(), session.get_expire_at_browser_close(), session.get_expiry_age(modification=datetime.datetime(2024, 1, 1), expiry=datetime.datetime(2024, 1, 2)))
    session.set_expiry(0)
    show(session.get_expire_at_browser_close(), session.get_expiry_age(), session.is_empty())
    session.set_test_cookie()
    show(session.test_cookie_worked(), session.delete_test_cookie(), sorted(session.keys()))
    session.flush()
    show(list(session.items()), session.session_key)
    store = SessionStore()
    store["x"] = 5
    store.create()
    again = SessionStore(session_key=store.session_key)
    show(len(store.session_key), again["x"], again.exists(store.session_key))
    again.delete()
    show(again.exists(store.session_key), SessionStore(session_key=store.session_key).get("x"))
    show.fails(lambda: session["nothing"])
    show.fails(session.__delitem__, "nothing")


def cache_calls(show, request):
    cache.clear()
    show(cache.get("k"), cache.get("k", "d"), cache.set("k", [1], 30), cache.get("k"), cache.add("k", 2), cache.add("n", 5))
    show(cache.get_or_set("c", lambda: 7, 100), cache.get_or_set("c", 8), cache.incr("n"), cache.incr("n", 10), cache.decr("n"), cache.touch("n", 5), cache.touch("zz"))
    show(cache.set_many({"a": 1, "b": 2}), cache.get_many(["a", "b", "x"]), cache.delete("a"), cache.delete("a"), cache.delete_many(["b"]), cache.has_key("b"), "n" in cache)
    show(str(type(show.fails(cache.incr, "missing")).__name__), cache.set("v", 1, version=2), cache.get("v"), cache.get("v", version=2), cache.incr_version("v", version=2), cache.get("v", version=3))
    none = object()
    cache.set("none", None)
    show(cache.get("none", none) is None, cache.get_or_set("none", 5), cache.make_key("x", 3), make_template_fragment_key("side", ["a", 1]), caches["default"] is cache, cache.set("t", 1, timeout=0), cache.get("t"))
    book = Book.objects.get(title="Alpha")
    cache.set("book", book)
    cache.set("rows", Book.objects.filter(kind="NO"))
    show(cache.get("book") == book, cache.get("book").title, [str(row) for row in cache.get("rows")])
    show.fails(lambda: caches["other"])


def mails(show, request):
    mail.outbox = getattr(mail, "outbox", [])
    del mail.outbox[:]
    show(send_mail("Subject", "Body", None, ["to@example.com"], html_message="<b>x</b>"), len(mail.outbox), mail.outbox[0].from_email, mail.outbox[0].alternatives)
    message = EmailMessage("Hi", "Text", "me@example.com", ["a@example.com"], bcc=["b@example.com"], cc=["c@example.com"], reply_to=["r@example.com"], headers={"X-A": "1"})
    message.attach("notes.txt", "content", "text/plain")
    show(message.send(), message.recipients(), message.attachments, message.message()["Subject"], message.message()["Reply-To"], message.message()["X-A"], message.message()["Bcc"])
    both = EmailMultiAlternatives("Two", "plain", to=["a@example.com"])
    both.attach_alternative("<p>html</p>", "text/html")
    show(both.send(), both.body_contains("html"), both.message().get_content_type(), [part.get_content_type() for part in both.message().walk()])
    show(send_mass_mail([("S1", "m", None, ["x@example.com"]), ("S2", "m", None, ["y@example.com"])]), mail_admins("A", "b"), mail_managers("M", "b"), [sent.subject for sent in mail.outbox])
    show.fails(send_mail, "a\nb", "x", None, ["a@example.com"])
    show.fails(EmailMessage, "s", "b", None, "a@example.com")
    connection = get_connection()
    show(connection.open(), connection.send_messages([message]), connection.close(), EmailMessage("none", "x").send(), len(mail.outbox))


def signatures(show, request):
    signer = signing.Signer(salt="x")
    show(signer.unsign(signer.sign("text")), signing.loads(signing.dumps({"a": [1]}, salt="s"), salt="s"), signing.Signer(key="k").sign("a"))
    show.fails(signer.unsign, "text:wrong")
    show.fails(signing.TimestampSigner().unsign, signing.TimestampSigner().sign("a"), max_age=-1)
    show(signer.unsign_object(signer.sign_object({"b": 1})), signing.b62_encode(12345), signing.get_cookie_signer().sep)


def passwords(show, request):
    encoded = make_password("pass", salt="salt")
    show(encoded.split("$")[0], check_password("pass", encoded), check_password("x", encoded), is_password_usable("!"), is_password_usable(encoded), identify_hasher(encoded).algorithm)
    show([type(validator).__name__ for validator in password_validation.get_default_password_validators()])
    show([password_validation.get_password_validators([{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 9}}])[0].min_length])
    for validator, password in ((MinimumLengthValidator(12), "elevenchars"), (NumericPasswordValidator(), "123"), (CommonPasswordValidator(), "password"), (UserAttributeSimilarityValidator(), "bobby-tables")):
        user = get_user_model()(username="bobby-tables")
        error = show.fails(validator.validate, password, user)
        show([found.code for found in error.error_list])
        show(validator.validate("x8!kQz0-aw-words", user))
    show(MinimumLengthValidator(12).get_help_text(), NumericPasswordValidator().get_help_text())
    error = show.fails(password_validation.validate_password, "123")
    show(sorted(found.code for found in error.error_list), password_validation.validate_password("x8!kQz0-aw-words"))


def users(show, request):
    model = get_user_model()
    model.objects.filter(username__in=["bob", "root"]).delete()
    bob = model.objects.create_user("bob", "Bob@EXAMPLE.com", "pw-of-bob", first_name="Bob")
    show(bob.email, bob.is_staff, bob.check_password("pw-of-bob"), bob.get_full_name(), bob.last_login, model.objects.create_superuser("root", password="x").is_superuser)
    show(authenticate(request, username="bob", password="pw-of-bob") == bob, authenticate(username="bob", password="no"), default_token_generator.check_token(bob, default_token_generator.make_token(bob)))
    group, _ = Group.objects.get_or_create(name="editors")
    permission = Permission.objects.get(codename="add_book")
    group.permissions.add(permission)
    bob.groups.add(group)
    bob = model.objects.get(pk=bob.pk)
    show(bob.has_perm("shop.add_book"), bob.has_perms(["shop.add_book", "shop.view_book"]), bob.has_module_perms("shop"), bob.get_all_permissions(), bob.get_user_permissions(), bob.get_group_permissions())
    bob.user_permissions.add(Permission.objects.create(codename="can_fly", name="Can fly", content_type=ContentType.objects.get_for_model(Book)))
    show(bob.has_perm("shop.can_fly"), model.objects.get(pk=bob.pk).has_perm("shop.can_fly"), list(model.objects.with_perm("shop.can_fly").values_list("username", flat=True).order_by("username")))
    Permission.objects.filter(codename="can_fly").delete()
    show(AnonymousUser() == AnonymousUser(), request.user == AnonymousUser(), AnonymousUser() == bob, AnonymousUser().get_all_permissions(), str(request.user), request.user.pk)
    bob.set_unusable_password()
    show(bob.has_usable_password(), model.objects.normalize_email("A@B.C"), model.objects.get_by_natural_key("bob") == bob, model.USERNAME_FIELD, model.get_email_field_name(), len(model.objects.make_random_password()) if hasattr(model.objects, "make_random_password") else "")


def message_storage(show, request):
    storage = messages.get_messages(request)
    show(storage.used, storage.added_new, len(storage))
    messages.success(request, "Saved <b>", extra_tags="big")
    messages.add_message(request, 50, "Own level")
    messages.debug(request, "not shown")
    show(storage.added_new, len(storage), storage.used, [(m.level, m.message, m.tags, m.level_tag) for m in storage], storage.used, messages.get_level(request))
    storage.used = False
    show(storage.used, [str(m) for m in storage], len(storage), messages.set_level(request, messages.ERROR), messages.info(request, "low"), len(storage))


def names_of_settings(show, request):
    show(settings.DEBUG, settings.TIME_ZONE, settings.USE_TZ, settings.LANGUAGE_CODE, settings.configured, settings.is_overridden("TIME_ZONE"), getattr(settings, "NOT_THERE", 1))
    show(settings.SESSION_COOKIE_AGE, settings.DEFAULT_FROM_EMAIL, settings.ADMINS, settings.AUTH_USER_MODEL, settings.LOGIN_URL, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
    show.fails(lambda: settings.NOT_THERE)
