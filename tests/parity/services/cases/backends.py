from django.contrib.auth.backends import BaseBackend, ModelBackend, AllowAllUsersModelBackend
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission, Group
from django.contrib.contenttypes.models import ContentType
User = get_user_model()
bea, idle = User.objects.create_user("bea", password="sesame"), User.objects.create_user("idle", password="sesame", is_active=False)
boss = User.objects.create_superuser("boss", password="sesame")
g = Group.objects.create(name="editors")
g.permissions.add(Permission.objects.get(codename="change_group"))
bea.groups.add(g), bea.user_permissions.add(Permission.objects.get(codename="add_user")), idle.groups.add(g)
b = ModelBackend()
each(lambda u: (sorted(b.get_user_permissions(u)), sorted(b.get_group_permissions(u)), sorted(b.get_all_permissions(u)), b.has_perm(u, "auth.add_user"), b.has_perm(u, "auth.change_group"), b.has_module_perms(u, "auth"), b.has_module_perms(u, "x")), bea, idle)
len(b.get_all_permissions(boss)) == Permission.objects.count(), b.has_perm(boss, "auth.add_user"), b.has_perm(boss, "no.such"), b.get_all_permissions(bea, obj=5), b.has_perm(bea, "auth.add_user", obj=5)
bea.has_perm("auth.add_user"), bea.has_perm("auth.delete_user"), bea.has_perms(["auth.add_user", "auth.change_group"]), bea.has_module_perms("auth"), sorted(bea.get_all_permissions()), sorted(bea.get_group_permissions()), sorted(bea.get_user_permissions()), idle.has_perm("auth.change_group")
b.get_user(bea.pk) == bea, b.get_user(idle.pk), b.get_user(0), AllowAllUsersModelBackend().get_user(idle.pk) == idle
b.authenticate(None, username="bea", password="sesame") == bea, b.authenticate(None, "bea", "x"), b.authenticate(None, "idle", "sesame"), AllowAllUsersModelBackend().authenticate(None, "idle", "sesame") == idle, b.authenticate(None), b.authenticate(None, username="bea")
sorted(u.username for u in b.with_perm("auth.add_user")), sorted(u.username for u in b.with_perm("auth.change_group", include_superusers=False)), sorted(u.username for u in b.with_perm("auth.change_group", is_active=None, include_superusers=False)), tried(b.with_perm, "x"), tried(b.with_perm, 5)
class Mine(BaseBackend):
    def authenticate(self, request, token=None):
        return User.objects.filter(username=token).first()
    def get_user(self, user_id):
        return User.objects.filter(pk=user_id).first()
    def has_perm(self, user_obj, perm, obj=None):
        return perm == "mine.all"
m = Mine()
m.authenticate(None, token="bea") == bea, m.get_user_permissions(bea), m.get_all_permissions(bea), m.has_perm(bea, "mine.all"), BaseBackend().has_perm(bea, "x.y"), BaseBackend().authenticate(None), BaseBackend().get_user(1)
from django.contrib.auth.tokens import default_token_generator as tokens
t = tokens.make_token(bea)
tokens.check_token(bea, t), tokens.check_token(idle, t), tokens.check_token(bea, t + "x"), tokens.check_token(bea, ""), tokens.check_token(bea, None), tokens.check_token(None, t), t.count("-")
bea.set_password("new"), tokens.check_token(bea, t)
