from django.http import HttpResponse

from .models import Event


def events(request):
    lines = [f"{event.kind}: {event.text}\n" for event in Event.objects.all()]
    return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")
