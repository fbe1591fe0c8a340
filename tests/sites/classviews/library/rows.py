from django.core import serializers
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.forms.models import model_to_dict
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from library.models import Author, Book, Tag


def rows(request, form):
    if form == "read":
        text = request.body.decode()
        try:
            found = [(str(row.object), row.m2m_data and sorted(row.m2m_data)) for row in serializers.deserialize("json", text)]
        except serializers.base.DeserializationError as error:
            found = type(error).__name__
        return JsonResponse({"found": found})
    if form == "save":
        count = 0
        for row in serializers.deserialize("jsonl", request.body):
            row.save()
            count += 1
        return JsonResponse({"count": count, "names": list(Author.objects.values_list("name", flat=True))})
    if form == "dict":
        shown = [model_to_dict(book, exclude=["cover"]) for book in Book.objects.all()]
        for one in shown:
            one["tags"] = [tag.name for tag in one["tags"]]
        return JsonResponse({"rows": shown, "some": [model_to_dict(tag, fields=["name"]) for tag in Tag.objects.all()]})
    if form == "python":
        return HttpResponse(repr(serializers.serialize("python", Tag.objects.all())), content_type="text/plain")
    fields = request.GET.getlist("field") or None
    text = serializers.serialize(form, Book.objects.all(), indent=1 if request.GET.get("indent") else None, fields=fields)
    return HttpResponse(text, content_type="text/plain")


def file(request, slug):
    book = get_object_or_404(Book, slug=slug)
    if request.method == "POST":
        book.cover.save("made.txt", ContentFile(request.body))
    if request.method == "DELETE":
        book.cover.delete()
    cover = book.cover
    if not cover:
        try:
            cover.url
        except ValueError as error:
            return JsonResponse({"name": cover.name, "error": str(error)}, status=404)
    with cover.open() as opened:
        text = opened.read().decode()
    storage = default_storage
    return JsonResponse({
        "name": cover.name.split("_")[0].split(".")[0],
        "size": cover.size,
        "text": text,
        "is_there": storage.exists(cover.name),
        "starts": cover.url.startswith("/media/covers/"),
        "is_path": cover.path.endswith(cover.name),
        "is_default": storages["default"].exists(cover.name),
        "folders": storage.listdir("")[0],
    })  # fmt: skip
