from django.contrib import messages
from django.contrib.messages import get_messages
from django.utils.safestring import mark_safe
messages.debug(request, "below"), messages.info(request, "first"), messages.success(request, "second", extra_tags="big"), messages.warning(request, ""), messages.add_message(request, 50, "own"), messages.error(request, mark_safe("<b>ü</b>"))
len(get_messages(request)), messages.get_level(request)
# the next request
from django.contrib import messages
from django.contrib.messages import get_messages, Message
s = get_messages(request)
len(s), s.used, Message(20, "first") in s, Message(20, "nope") in s, bool(s)
[(m.level, m.message, m.tags, m.level_tag, m.extra_tags, hasattr(m.message, "__html__")) for m in s], s.used
[str(m) for m in s], len(s)
# the next request
from django.contrib import messages
from django.contrib.messages import get_messages
len(get_messages(request)), list(get_messages(request))
messages.set_level(request, messages.DEBUG), messages.debug(request, "now"), messages.get_level(request), messages.set_level(request, messages.ERROR), messages.info(request, "no"), messages.set_level(request, None), messages.get_level(request), len(get_messages(request))
# the next request
from django.contrib.messages import get_messages
[(m.level, m.message) for m in get_messages(request)]
