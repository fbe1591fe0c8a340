import datetime

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from .models import Choice, Question


def create_question(question_text, days):
    """A question published so many days from now, which is before now where the number is negative."""
    time = timezone.now() + datetime.timedelta(days=days)
    return Question.objects.create(question_text=question_text, pub_date=time)


class QuestionModelTests(TestCase):
    def test_of_the_future_is_not_recent(self):
        question = Question(pub_date=timezone.now() + datetime.timedelta(days=30))
        self.assertIs(question.was_published_recently(), False)

    def test_of_long_ago_is_not_recent(self):
        question = Question(pub_date=timezone.now() - datetime.timedelta(days=1, seconds=1))
        self.assertIs(question.was_published_recently(), False)

    def test_of_the_last_day_is_recent(self):
        time = timezone.now() - datetime.timedelta(hours=23, minutes=59, seconds=59)
        self.assertIs(Question(pub_date=time).was_published_recently(), True)


class QuestionIndexViewTests(TestCase):
    def test_no_questions(self):
        response = self.client.get(reverse("polls:index"))
        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "No polls are available.")
        self.assertQuerySetEqual(response.context["latest_question_list"], [])

    def test_past_question(self):
        question = create_question("Past question.", -30)
        response = self.client.get(reverse("polls:index"))
        self.assertQuerySetEqual(response.context["latest_question_list"], [question])

    def test_future_question(self):
        create_question("Future question.", 30)
        response = self.client.get(reverse("polls:index"))
        self.assertContains(response, "No polls are available.")
        self.assertQuerySetEqual(response.context["latest_question_list"], [])

    def test_future_question_and_past_question(self):
        question = create_question("Past question.", -30)
        create_question("Future question.", 30)
        response = self.client.get(reverse("polls:index"))
        self.assertQuerySetEqual(response.context["latest_question_list"], [question])

    def test_two_past_questions(self):
        first = create_question("Past question 1.", -30)
        second = create_question("Past question 2.", -5)
        response = self.client.get(reverse("polls:index"))
        self.assertQuerySetEqual(response.context["latest_question_list"], [second, first])


class QuestionDetailViewTests(TestCase):
    def test_future_question(self):
        question = create_question("Future question.", 5)
        response = self.client.get(reverse("polls:detail", args=(question.id,)))
        self.assertEqual(response.status_code, 404)

    def test_past_question(self):
        question = create_question("Past Question.", -5)
        response = self.client.get(reverse("polls:detail", args=(question.id,)))
        self.assertContains(response, question.question_text)


class VoteTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.question = create_question("Tea?", -1)
        cls.choice = cls.question.choice_set.create(choice_text="Yes")

    def test_a_vote_counts(self):
        response = self.client.post(reverse("polls:vote", args=(self.question.id,)), {"choice": self.choice.id})
        self.assertRedirects(response, reverse("polls:results", args=(self.question.id,)))
        self.choice.refresh_from_db()
        self.assertEqual(self.choice.votes, 1)

    def test_a_vote_for_nothing_is_told(self):
        response = self.client.post(reverse("polls:vote", args=(self.question.id,)))
        self.assertContains(response, "select a choice")
        self.assertTemplateUsed(response, "polls/detail.html")
        self.assertEqual(Choice.objects.get().votes, 0)
