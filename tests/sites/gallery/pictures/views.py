import os

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView

from .forms import DocumentForm, ManyForm
from .models import Document

PRIVATE = FileSystemStorage(location=os.path.join(settings.BASE_DIR, "vault") if hasattr(settings, "BASE_DIR") else "vault")


def index(request):
    return render(request, "pictures/index.html", {"documents": Document.objects.all()})


class DocumentUpload(CreateView):
    model = Document
    form_class = DocumentForm
    success_url = reverse_lazy("index")


class DocumentDetail(DetailView):
    model = Document


@csrf_exempt
def raw_upload(request):
    """A file that no form and no model look at."""
    if request.method == "POST" and request.FILES.get("file"):
        file = request.FILES["file"]
        storage = FileSystemStorage()
        name = storage.save(file.name, file)
        return JsonResponse({"name": name, "url": storage.url(name), "size": storage.size(name), "type": file.content_type})
    return JsonResponse({"error": "no file"}, status=400)


def many(request):
    form = ManyForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        names = []
        for file in form.cleaned_data["files"]:
            content = b"".join(file.chunks())
            names.append(default_storage.save(f"many/{file.name}", ContentFile(content.upper())))
        return JsonResponse({"names": names, "listed": sorted(default_storage.listdir("many")[1])})
    return JsonResponse({"errors": form.errors.get_json_data()}, status=400)


def download(request, pk):
    document = get_object_or_404(Document, pk=pk)
    as_attachment = "inline" not in request.GET
    return FileResponse(document.file.open("rb"), as_attachment=as_attachment, filename=f"{document.title}.txt")


@require_POST
def replace(request, pk):
    document = get_object_or_404(Document, pk=pk)
    before = document.file.name
    document.file.save("replaced.txt", ContentFile("replaced\n"), save=True)
    default_storage.delete(before)
    return JsonResponse({"size": document.size, "line": document.first_line(), "gone": not default_storage.exists(before)})


@require_POST
def delete(request, pk):
    document = get_object_or_404(Document, pk=pk)
    document.file.delete(save=False)
    document.delete()
    return redirect("index")


def vault(request):
    if request.method == "POST":
        name = PRIVATE.save(request.POST["name"], ContentFile(request.POST["text"]))
        return JsonResponse({"name": name, "path": PRIVATE.path(name).endswith(name)})
    directories, files = PRIVATE.listdir("") if PRIVATE.exists("") else ([], [])
    return JsonResponse({"directories": sorted(directories), "files": sorted(files)})


def vault_file(request, name):
    try:
        if not PRIVATE.exists(name):
            raise Http404(name)
        with PRIVATE.open(name) as file:
            return HttpResponse(file.read(), content_type="text/plain")
    except SuspiciousFileOperation:
        return HttpResponse("no", status=400, content_type="text/plain")
