from django.contrib.auth.hashers import check_password, get_hashers, identify_hasher, make_password
from django.contrib.auth.models import User
from django.core.files.storage import storages
from django.forms import ModelForm
from django.http import JsonResponse

from club.hashers import Reversed, Slow
from club.models import Paper


class PaperForm(ModelForm):
    class Meta:
        model = Paper
        fields = ["title", "file", "note"]


def asked(request, name):
    user = request.user
    return JsonResponse(
        {
            "user": str(user),
            "may": user.has_perm(f"club.{name}"),
            "club": user.has_module_perms("club"),
            "all": sorted(user.get_all_permissions()),
        }
    )


def count(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    return JsonResponse({"visits": request.session["visits"], "saved": request.session.get("saved")})


def keep(request, value):
    if value == "flush":
        request.session.flush()
    elif value == "cycle":
        request.session.cycle_key()
    else:
        request.session["kept"] = value
    return JsonResponse({"items": sorted(request.session.keys()), "kept": request.session.get("kept")})


def stored(request, username):
    algorithm, second, *rest = User.objects.get(username=username).password.split("$")
    return JsonResponse({"algorithm": algorithm, "iterations": second if algorithm.startswith("pbkdf2") else None})


def hashers(request):
    slow = Slow().encode("secret", "salt")
    return JsonResponse(
        {
            "slow": slow,
            "parts": {name: value for name, value in Slow().decode(slow).items()},
            "summary": {str(name): value for name, value in Reversed().safe_summary("reversed$s$terces-elttil").items()},
            "made": make_password("secret", "salt"),
            "by name": make_password("secret", "salt", "pbkdf2_sha256"),
            "by class": make_password("secret", "salt", Slow()),
            "right": check_password("secret", slow),
            "wrong": check_password("other", slow),
            "all": [hasher.algorithm for hasher in get_hashers()],
            "known": identify_hasher(slow).algorithm,
            "is old": [Slow().must_update(slow), Slow().must_update(Slow().encode("a", "s" * 30, 19))],
        }
    )


def papers(request):
    form = PaperForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        form.save()
    return JsonResponse(
        {
            "errors": form.errors,
            "papers": [[paper.title, paper.file.name, paper.file.url] for paper in Paper.objects.order_by("pk")],
            "notes": [paper.note.url for paper in Paper.objects.exclude(note="").order_by("pk")],
            "kinds": [type(storages[alias]).__name__ for alias in ("papers", "notes")],
        }
    )


def kept(request):
    paper = Paper.objects.order_by("pk").last()
    with paper.note.open() as note:
        text = note.read().decode()
    size = paper.note.size
    paper.note.delete()
    return JsonResponse({"text": text, "size": size, "left": storages["notes"].exists("b.txt")})
