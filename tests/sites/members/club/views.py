from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View


def home(request):
    return HttpResponse(f"Good evening, {request.user.get_username()}.")


@login_not_required
def enter(request):
    if request.method == "GET":
        get_user_model().objects.get_or_create(username="ada")
        return render(request, "club/enter.html", {"next": request.GET.get("next", "")})
    user = get_user_model().objects.get(username=request.POST["name"])
    login(request, user, "django.contrib.auth.backends.ModelBackend")
    return redirect(request.POST["next"] or "home")


@login_required
def leave(request):
    logout(request)
    return redirect("home")


class Hall(View):
    def get(self, request):
        return HttpResponse("The hall.")


@method_decorator(login_not_required, name="dispatch")
class Garden(View):
    def get(self, request):
        return HttpResponse("The garden, for members." if request.user.is_authenticated else "The garden, for guests.")
