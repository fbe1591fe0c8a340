"""Tests of every outcome, which run under `manage.py test` and `djr test`."""

import unittest
from django.test import SimpleTestCase, TestCase, TransactionTestCase, tag
from django.contrib.auth.models import Group


def setUpModule():
    print("module is set up")


class BTransaction(TransactionTestCase):
    def test_one(self):
        self.assertEqual(Group.objects.count(), 0)
        Group.objects.create(name="a")

    def test_two(self):
        self.assertEqual(Group.objects.count(), 0)


class ASimple(SimpleTestCase):
    def test_query(self):
        Group.objects.count()

    def test_sub(self):
        for n in range(4):
            with self.subTest(n=n):
                self.assertNotEqual(n % 2, 1)

    @unittest.skip("not today")
    def test_skipped(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.assertEqual(1, 2)

    @unittest.expectedFailure
    def test_unexpected(self):
        pass


class Plain(unittest.TestCase):
    def test_plain(self):
        self.assertEqual([1, 2], [1, 3])

    def test_cleanup(self):
        self.addCleanup(lambda: 1 / 0)


class Rows(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.group = Group.objects.create(name="x")

    def test_a(self):
        self.group.name = "changed"
        self.group.save()

    def test_b(self):
        self.assertEqual(self.group.name, "x")
        self.group.refresh_from_db()
        self.assertEqual(self.group.name, "x")

    def test_queries(self):
        with self.assertNumQueries(2):
            Group.objects.count()

    @tag("slow")
    def test_error(self):
        raise ValueError("a text\nof two lines")


class BadSetUp(TestCase):
    @classmethod
    def setUpTestData(cls):
        raise RuntimeError("no data")

    def test_never(self):
        pass


class BadData(TestCase):
    def setUp(self):
        raise KeyError("k")

    def test_x(self):
        pass

@unittest.skip("whole class")
class Skipped(TestCase):
    def test_s(self):
        pass


def load_tests(loader, tests, pattern):
    return tests
