from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group, Permission, User


def users(show):
    show(get_user_model() is User, User.USERNAME_FIELD, User.EMAIL_FIELD, User.REQUIRED_FIELDS, User.get_email_field_name())
    ann = User.objects.create_user("ann", "Ann@EXAMPLE.com", "secret word", first_name="Ann", last_name="Lee")
    show(ann.username, ann.email, ann.is_staff, ann.is_active, ann.is_superuser, ann.last_login, str(ann), ann)
    show(ann.check_password("secret word"), ann.check_password("other"), ann.has_usable_password(), ann.password != "secret word")
    show(ann.get_full_name(), ann.get_short_name(), ann.get_username(), ann.is_authenticated, ann.is_anonymous, ann.natural_key())
    ann.set_password("new word")
    ann.save()
    show(User.objects.get(username="ann").check_password("new word"), User.objects.get_by_natural_key("ann") == ann)
    ann.set_unusable_password()
    show(ann.has_usable_password(), ann.check_password("new word"))
    show.says(User.objects.create_user, "")
    show.fails(User.objects.create_user, "ann")
    boss = User.objects.create_superuser("boss", "b@example.com", "secret word")
    show(boss.is_staff, boss.is_superuser, boss.has_perm("posts.add_post"), boss.has_perms(["a.b"]), boss.has_module_perms("posts"))
    show.says(User.objects.create_superuser, "x", is_staff=False)
    show.says(User.objects.create_superuser, "x", is_superuser=False)
    show.says(User(username="bad name!", email="x").full_clean)
    show.fails(User(username="ann", password="x").full_clean)
    show(User.objects.normalize_email("A@B.C"), User.normalize_username("ﬁ"))
    nobody = AnonymousUser()
    show(nobody.is_authenticated, nobody.is_anonymous, nobody.pk, str(nobody), nobody == AnonymousUser(), nobody.has_perm("a.b"), nobody.username)
    show.fails(nobody.save)
    User.objects.all().delete()


def permissions(show):
    ann = User.objects.create_user("ann", "ann@example.com", "secret word")
    show(ann.has_perm("posts.add_post"), ann.has_module_perms("posts"), ann.get_all_permissions())
    group = Group.objects.create(name="writers")
    group.permissions.add(Permission.objects.get_by_natural_key("add_post", "posts", "post"))
    ann.groups.add(group)
    ann.user_permissions.add(Permission.objects.get(codename="view_tag"))
    ann = User.objects.get(pk=ann.pk)
    show(ann.has_perm("posts.add_post"), ann.has_perm("posts.view_tag"), ann.has_perm("posts.delete_tag"), sorted(ann.get_all_permissions()))
    show(sorted(ann.get_group_permissions()), sorted(ann.get_user_permissions()), ann.has_module_perms("posts"), ann.has_module_perms("people"))
    show(User.objects.with_perm("posts.add_post").order_by("username"), group.user_set.all(), str(group), group.natural_key())
    show(str(Permission.objects.get(codename="view_tag")), Permission.objects.get(codename="view_tag").natural_key())
    User.objects.all().delete()
    group.delete()
