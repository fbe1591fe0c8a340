"""Responses of JSON."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http.response import HttpResponse

_usual = DjangoJSONEncoder().encode


class JsonResponse(HttpResponse):
    """`data` as JSON; a list and the like only where `safe` is off."""

    def __init__(self, data, encoder=DjangoJSONEncoder, safe=True, json_dumps_params=None, **kwargs):
        if safe and not isinstance(data, dict):
            raise TypeError("JsonResponse takes a dictionary; pass safe=False for anything else")
        kwargs.setdefault("content_type", "application/json")
        if encoder is DjangoJSONEncoder and not json_dumps_params:
            text = _usual(data)
        else:
            text = json.dumps(data, cls=encoder, **(json_dumps_params or {}))
        super().__init__(text, **kwargs)
