import csv
import datetime
import decimal
import json
import uuid
from http import HTTPStatus

from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied, SuspiciousOperation
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseGone,
    HttpResponseNotModified,
    HttpResponseServerError,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.timezone import make_aware
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import condition, require_GET, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from .errors import Invalid, NotFound
from .forms import TaskForm
from .store import TaskStore


@ensure_csrf_cookie
def page(request):
    """A page whose script calls the views below."""
    return render(request, "tasks/page.html", {"config": {"url": "/api/tasks/", "name": "</script><b>'&"}})


def json_of(request):
    if request.content_type != "application/json":
        raise Invalid("send application/json", got=request.content_type)
    try:
        data = json.loads(request.body)
    except json.JSONDecodeError as error:
        raise Invalid("that is not JSON", line=error.lineno, column=error.colno) from error
    if not isinstance(data, dict):
        raise Invalid("send an object")
    return data


class TaskView(View):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.store = TaskStore(request.session)

    def cleaned(self, request, instance=None):
        form = TaskForm({**(instance or {}), **json_of(request)})
        if not form.is_valid():
            raise Invalid("look at the fields", fields=json.loads(form.errors.as_json()))
        data = form.cleaned_data
        data["due"] = data["due"] and data["due"].isoformat()
        return data


class TaskList(TaskView):
    @method_decorator(vary_on_headers("Accept"))
    def get(self, request):
        tasks = self.store.all()
        if "done" in request.GET:
            done = request.GET["done"] == "1"
            tasks = [task for task in tasks if task["done"] == done]
        tags = request.GET.getlist("tag")
        if tags:
            tasks = [task for task in tasks if set(tags) & set(task["tags"])]
        return JsonResponse(tasks, safe=False)

    def post(self, request):
        task = self.store.save(self.cleaned(request))
        return JsonResponse(task, status=HTTPStatus.CREATED, headers={"Location": f"/api/tasks/{task['id']}/"})


@method_decorator(never_cache, name="dispatch")
class TaskDetail(TaskView):
    http_method_names = ["get", "put", "patch", "delete", "options"]

    def dispatch(self, request, *args, **kwargs):
        self.task = self.store.get(kwargs["pk"])
        if self.task is None and request.method != "OPTIONS":
            raise NotFound("there is no such task", pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return JsonResponse(self.task, json_dumps_params={"indent": 2, "sort_keys": True})

    def put(self, request, pk):
        self.task.update(self.cleaned(request))
        return JsonResponse(self.store.save(self.task))

    def patch(self, request, pk):
        self.task.update(self.cleaned(request, self.task))
        return JsonResponse(self.store.save(self.task))

    def delete(self, request, pk):
        self.store.delete(pk)
        return HttpResponse(status=204)


def by_token(request, token):
    found = [task for task in TaskStore(request.session).all() if task["token"] == str(token)]
    if not found:
        raise Http404("no task of that token")
    return JsonResponse({"task": found[0]["title"], "version": token.version})


@csrf_exempt
def echo(request):
    return JsonResponse(
        {
            "method": request.method,
            "path": request.get_full_path(),
            "absolute": request.build_absolute_uri("/x?y=1"),
            "host": request.get_host(),
            "content_type": request.content_type,
            "content_params": request.content_params,
            "encoding": request.encoding,
            "has_body": bool(request.body),
            "get": {name: request.GET.getlist(name) for name in sorted(request.GET)},
            "post": {name: request.POST.getlist(name) for name in sorted(request.POST) if name != "csrfmiddlewaretoken"},
            "query": request.GET.urlencode(),
            "ajax": request.headers.get("x-requested-with") == "XMLHttpRequest",
            "json": request.accepts("application/json"),
            "html": request.accepts("text/html"),
            "view": request.resolver_match.view_name,
            "route": request.resolver_match.route,
        }
    )


@require_safe
def values(request):
    moment = make_aware(datetime.datetime(2026, 11, 30, 12, 30, 15, 123456))
    return JsonResponse(
        {
            "day": datetime.date(2026, 2, 28),
            "time": datetime.time(7, 5),
            "delta": datetime.timedelta(days=1, seconds=3),
            "price": decimal.Decimal("10.50"),
            "token": uuid.UUID(int=7),
            "is_aware": moment.tzinfo is not None,
            "float": 0.1 + 0.2,
            "big": 2**70,
            "text": "räksmörgås \u2028 </script>",
            "none": None,
            "list": [True, [], {}, ""],
            "keys": {1: "one", None: "none", True: "true"},
        }
    )


@require_POST
def upload(request):
    file = request.FILES.get("file")
    if file is None:
        raise Invalid("send a file")
    return JsonResponse(
        {
            "name": file.name,
            "size": file.size,
            "type": file.content_type,
            "lines": [line.decode().strip() for line in file],
            "note": request.POST.get("note"),
        }
    )


@require_GET
def export(request):
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="tasks.csv"'
    writer = csv.writer(response)
    writer.writerow(["id", "title", "done"])
    for task in TaskStore(request.session).all():
        writer.writerow([task["id"], task["title"], "yes" if task["done"] else "no"])
    return response


def stream(request):
    count = int(request.GET.get("n", 3))

    def rows():
        for number in range(count):
            yield f"{number}\n"
            yield b"-\n"

    return StreamingHttpResponse(rows(), content_type="text/plain")


def raising(request, what):
    exceptions = {
        "404": Http404("not here"),
        "403": PermissionDenied("not you"),
        "400": BadRequest("not so"),
        "suspicious": SuspiciousOperation("hm"),
        "api": NotFound("nothing of that", what=what),
        "missing": ObjectDoesNotExist("no row"),
    }
    if what in exceptions:
        raise exceptions[what]
    raise RuntimeError(what)


@condition(etag_func=lambda request, code: f'"v{code}"')
def status(request, code):
    if code == 304:
        return HttpResponseNotModified()
    if code == 403:
        return HttpResponseForbidden(json.dumps({"error": "no"}), content_type="application/json")
    if code == 410:
        return HttpResponseGone("gone", content_type="text/plain")
    if code == 500:
        return HttpResponseServerError("broken", content_type="text/plain")
    return HttpResponse(f"{code}", status=code, reason="Of One's Own", content_type="text/plain")


@require_GET
def check_username(request):
    """What a sign-up form asks while somebody types."""
    from django.contrib.auth import get_user_model

    username = request.GET.get("username", "")
    taken = get_user_model().objects.filter(username__iexact=username).exists()
    return JsonResponse({"username": username, "is_taken": taken})
