"""What tests ask of messages."""

from django.contrib.messages import get_messages


class MessagesTestMixin:
    """Adds `assertMessages` to a class of tests."""

    def assertMessages(self, response, expected_messages, *, ordered=True):
        found = list(get_messages(response.wsgi_request))
        compare = self.assertEqual if ordered else self.assertCountEqual
        compare(found, expected_messages)
