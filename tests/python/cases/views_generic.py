import datetime
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.views.generic import *
from django.views.generic import ListView, DetailView, FormView, CreateView, UpdateView, DeleteView, ArchiveIndexView, YearArchiveView, MonthArchiveView, WeekArchiveView, DayArchiveView, TodayArchiveView, DateDetailView
from django.views.generic.dates import *
from django.views.generic.dates import DateMixin
from django.core.exceptions import ImproperlyConfigured
try:
    from django.db.models import DateField, DateTimeField
    FIELDS = {"DateField": DateField(), "DateTimeField": DateTimeField()}
except ImportError:
    FIELDS = {}
class Field:
    def __init__(self, kind): self.kind = kind
    def get_internal_type(self): return self.kind
class Meta:
    object_name, model_name, app_label, verbose_name, verbose_name_plural = "Post", "post", "posts", "post", "posts"
    kind = "DateField"
    @classmethod
    def get_field(cls, name): return FIELDS.get(cls.kind) or Field(cls.kind)
class Post:
    _meta = Meta
    class DoesNotExist(Exception): pass
    class MultipleObjectsReturned(Exception): pass
    def __init__(self, pk, day, slug="s"):
        self.pk, self.day, self.slug = pk, day, slug
    def __repr__(self): return f"Post {self.pk}"
    def get_absolute_url(self): return f"/posts/{self.pk}/"
    def delete(self): log.append(f"deleted {self.pk}")
log = []
OPERATORS = {"": lambda a, b: a == b, "gte": lambda a, b: a >= b, "lte": lambda a, b: a <= b, "lt": lambda a, b: a < b, "gt": lambda a, b: a > b}
class Rows:
    model, ordered = Post, True
    def __init__(self, rows, seen=()): self.rows, self.seen = list(rows), tuple(seen)
    def fits(self, row, k, v):
        name, _, op = k.partition("__")
        return OPERATORS[op](getattr(row, name), v)
    def filter(self, **conditions):
        log.append(sorted(conditions.items()))
        return Rows([r for r in self.rows if all(self.fits(r, k, v) for k, v in conditions.items())])
    def order_by(self, *names):
        rows = self.rows
        for name in reversed(names):
            rows = sorted(rows, key=lambda r: getattr(r, name.lstrip("-")), reverse=name.startswith("-"))
        return Rows(rows)
    def all(self): return Rows(self.rows)
    def none(self): return Rows([])
    def exists(self): return bool(self.rows)
    def count(self): return len(self.rows)
    def get(self):
        if not self.rows: raise Post.DoesNotExist
        if len(self.rows) > 1: raise Post.MultipleObjectsReturned
        return self.rows[0]
    def dates(self, field, period, order="ASC"):
        day = {"year": lambda d: d.replace(month=1, day=1), "month": lambda d: d.replace(day=1), "day": lambda d: d, "week": lambda d: d - datetime.timedelta(d.weekday())}[period]
        return sorted({day(getattr(r, field)) for r in self.rows}, reverse=order == "DESC")
    def __iter__(self): return iter(self.rows)
    def __len__(self): return len(self.rows)
    def __getitem__(self, i): return Rows(self.rows[i]) if isinstance(i, slice) else self.rows[i]
    def __bool__(self): return bool(self.rows)
    def __repr__(self): return repr(self.rows)
D = datetime.date
ROWS = Rows([Post(1, D(2024, 5, 6), "a"), Post(2, D(2024, 5, 7), "b"), Post(3, D(2024, 7, 1), "c"), Post(4, D(2025, 1, 1), "d"), Post(5, D(2025, 12, 31), "e"), Post(6, D(2999, 1, 1), "f")])
Post._default_manager = ROWS
f = RequestFactory()
def shown(view, path="/", method="get", /, **kwargs):
    r = getattr(f, method)(path)
    answer = view(r, **kwargs)
    if hasattr(answer, "context_data"):
        context = {k: v for k, v in answer.context_data.items() if k not in ("view", "form")}
        return answer.template_name, {k: (f"page {v.number}" if k == "page_obj" and v else "paginator" if k == "paginator" and v else v) for k, v in context.items()}
    return answer.status_code, answer.get("Location")
shown(ListView.as_view(queryset=ROWS)), shown(ListView.as_view(model=Post, template_name="x.html", context_object_name="them", ordering="-pk"))
[tried(shown, ListView.as_view(queryset=ROWS, paginate_by=2), p) for p in ("/", "/?page=2", "/?page=last", "/?page=99", "/?page=x", "/?page=0", "/?page=", "/?page=-1", "/?page=3")]
shown(ListView.as_view(queryset=ROWS, paginate_by=2, paginate_orphans=4)), shown(ListView.as_view(queryset=ROWS, paginate_by=5, page_kwarg="p"), "/?p=2"), shown(ListView.as_view(queryset=ROWS, paginate_by=2), page=3)
tried(shown, ListView.as_view()), tried(shown, ListView.as_view(queryset=Rows([]), allow_empty=False)), shown(ListView.as_view(queryset=Rows([]))), tried(shown, ListView.as_view(queryset=[1, 2])), shown(ListView.as_view(queryset=[1, 2], template_name="l.html")), tried(shown, ListView.as_view(queryset=Rows([]), allow_empty=False, paginate_by=2)), tried(shown, ListView.as_view(queryset=ROWS, ordering=("slug", "-pk"), extra_context={"e": 1}))
shown(DetailView.as_view(template_name='t.html', queryset=ROWS, context_object_name='it'), pk=2), shown(DetailView.as_view(template_name='t.html', model=Post, context_object_name='it'), slug="c"), shown(DetailView.as_view(template_name='t.html', model=Post, context_object_name='it', template_name_field="slug"), pk=1), tried(shown, DetailView.as_view(template_name='t.html', model=Post, context_object_name='it'), pk=99), tried(shown, DetailView.as_view(template_name='t.html', model=Post, context_object_name='it')), tried(shown, DetailView.as_view(), pk=1), shown(DetailView.as_view(template_name='t.html', model=Post, context_object_name='it', pk_url_kwarg="id"), id=3), shown(DetailView.as_view(template_name='t.html', model=Post, context_object_name='it', query_pk_and_slug=True), pk=1, slug="a"), tried(shown, DetailView.as_view(template_name='t.html', model=Post, context_object_name='it', query_pk_and_slug=True), pk=1, slug="b"), shown(DetailView.as_view(template_name='t.html', model=Post, context_object_name='it', slug_field="pk", slug_url_kwarg="n"), n=4), shown(DetailView.as_view(model=Post, context_object_name='it', template_name="own.html"), pk=1), shown(DetailView.as_view(template_name='t.html', model=Post, context_object_name='it'), pk=1, slug="ignored"), tried(shown, DetailView.as_view(template_name='t.html', queryset=Rows([Post(1, 1), Post(1, 1)])), pk=1)
class Form:
    def __init__(self, **kwargs): self.kwargs = kwargs
    def is_valid(self): return "ok" in self.kwargs["data"]
    def save(self): log.append("saved"); return self.kwargs.get("instance") or Post(9, D(2024, 1, 1))
class ModelForm(Form):
    pass
F = FormView.as_view(form_class=Form, success_url="/done/", template_name="f.html", initial={"a": 1}, prefix="p")
shown(F), shown(F, "/", "post"), F(f.post("/", {"ok": "1"})).url, tried(FormView.as_view(form_class=Form, template_name="f"), f.post("/", {"ok": 1})), sorted(F(f.get("/")).context_data["form"].kwargs.items()), sorted(F(f.post("/")).context_data["form"].kwargs), F(f.put("/", "ok=1")).status_code
C = CreateView.as_view(template_name='t.html', model=Post, context_object_name='it', form_class=ModelForm)
shown(C), shown(C, "/", "post"), C(f.post("/", {"ok": 1})).url, CreateView.as_view(template_name='t.html', model=Post, context_object_name='it', form_class=ModelForm, success_url="/x/{pk}/")(f.post("/", {"ok": 1})).url, tried(CreateView.as_view(template_name='t.html', model=Post, context_object_name='it'), f.get("/")), tried(CreateView.as_view(template_name='t.html', model=Post, context_object_name='it', fields=["a"], form_class=Form), f.get("/"))
U = UpdateView.as_view(template_name='t.html', model=Post, context_object_name='it', form_class=ModelForm)
shown(U, pk=2), U(f.post("/", {"ok": 1}), pk=2).url, U(f.get("/"), pk=2).context_data["form"].kwargs["instance"], tried(U, f.get("/"), pk=77)
X = DeleteView.as_view(template_name='t.html', model=Post, context_object_name='it', success_url="/gone/{pk}/", form_class=Form)
log.clear()
shown(X, pk=3), X(f.post("/", {"ok": 1}), pk=3).url, log[-1], X(f.delete("/"), pk=1).url, log[-1], shown(X, "/", "post", pk=3), tried(DeleteView.as_view(template_name='t.html', model=Post, context_object_name='it', form_class=Form), f.post("/", {"ok": 1}), pk=1)
A = dict(queryset=ROWS, date_field="day")
shown(ArchiveIndexView.as_view(**A)), shown(ArchiveIndexView.as_view(**A, allow_future=True)), shown(ArchiveIndexView.as_view(**A, date_list_period="month")), tried(shown, ArchiveIndexView.as_view(queryset=Rows([]), date_field="day")), shown(ArchiveIndexView.as_view(queryset=Rows([]), date_field="day", allow_empty=True)), tried(shown, ArchiveIndexView.as_view(queryset=ROWS)), shown(ArchiveIndexView.as_view(**A, paginate_by=2)), shown(ArchiveIndexView.as_view(**A, ordering="pk"))
Y = YearArchiveView.as_view(**A)
shown(Y, year=2024), shown(YearArchiveView.as_view(**A, make_object_list=True), year=2025), tried(shown, Y, year=1999), tried(shown, Y, year="x"), tried(shown, Y), tried(shown, Y, year=2999), shown(YearArchiveView.as_view(**A, allow_future=True), year=2999), shown(YearArchiveView.as_view(**A, allow_empty=True), year=1999), shown(YearArchiveView.as_view(**A, year="2024")), shown(Y, "/?year=2024"), tried(shown, YearArchiveView.as_view(**A, allow_empty=True), year=9999), tried(shown, Y, year=0), tried(shown, Y, year=10000)
M = MonthArchiveView.as_view(**A)
shown(M, year=2024, month="may"), shown(MonthArchiveView.as_view(**A, month_format="%m"), year=2024, month=7), tried(shown, M, year=2024, month="jun"), tried(shown, M, year=2024, month="x"), shown(MonthArchiveView.as_view(**A, allow_empty=True), year=2024, month="jun"), shown(M, year=2025, month="dec"), shown(MonthArchiveView.as_view(**A, allow_empty=True, allow_future=True), year=2025, month="dec"), tried(shown, MonthArchiveView.as_view(**A, allow_empty=True, allow_future=True), year=9999, month="dec")
W = WeekArchiveView.as_view(**A)
shown(W, year=2024, week=18), shown(WeekArchiveView.as_view(**A, week_format="%W"), year=2024, week=19), shown(WeekArchiveView.as_view(**A, week_format="%V", year_format="%G"), year=2024, week=19), tried(shown, W, year=2024, week=30), tried(shown, W, year=2024, week=99), tried(shown, WeekArchiveView.as_view(**A, week_format="%x"), year=2024, week=19), tried(shown, WeekArchiveView.as_view(**A, week_format="%V"), year=2024, week=19), shown(WeekArchiveView.as_view(**A, allow_empty=True), year=2024, week=30)
Y2 = DayArchiveView.as_view(**A)
shown(Y2, year=2024, month="may", day=6), tried(shown, Y2, year=2024, month="feb", day=30), tried(shown, Y2, year=2024, month="may", day=8), shown(DayArchiveView.as_view(**A, allow_empty=True), year=2024, month="may", day=8), shown(DayArchiveView.as_view(**A, month_format="%m"), year=2024, month=5, day=7), shown(DayArchiveView.as_view(**A, allow_empty=True), year=2024, month="feb", day=29)
TodayArchiveView.as_view(**A, allow_empty=True)(f.get("/")).context_data["day"] == datetime.date.today(), tried(TodayArchiveView.as_view(**A), f.get("/"))
DD = DateDetailView.as_view(template_name='t.html', context_object_name='it', **A)
shown(DD, year=2024, month="may", day=6, pk=1), tried(shown, DD, year=2024, month="may", day=6, pk=2), tried(shown, DD, year=2999, month="jan", day=1, pk=6), shown(DateDetailView.as_view(template_name='t.html', context_object_name='it', **A, allow_future=True), year=2999, month="jan", day=1, pk=6), shown(DD, year=2024, month="may", day=7, slug="b")
Meta.kind = "DateTimeField"
from django.utils import timezone
moment = lambda *a: timezone.make_aware(datetime.datetime(*a))
class Moments(Rows):
    def filter(self, **conditions): return Moments(super().filter(**conditions).rows)
    def all(self): return Moments(self.rows)
    def none(self): return Moments([])
    def order_by(self, *names): return Moments(super().order_by(*names).rows)
    def datetimes(self, field, period, order="ASC"): return sorted({timezone.localtime(getattr(r, field)).replace(hour=0, minute=0) for r in self.rows}, reverse=order == "DESC")
AM = dict(queryset=Moments([Post(1, moment(2024, 5, 6, 0, 0)), Post(2, moment(2024, 5, 6, 23, 59)), Post(3, moment(2024, 5, 7, 0, 0)), Post(4, moment(2024, 6, 1, 12, 0))]), date_field="day")
log.clear()
shown(DayArchiveView.as_view(**AM), year=2024, month="may", day=6), shown(MonthArchiveView.as_view(**AM), year=2024, month="may"), shown(WeekArchiveView.as_view(**AM), year=2024, week=18), shown(YearArchiveView.as_view(**AM), year=2024)
[entry for entry in log if "__lte" not in str(entry) and "__gte" in str(entry)]
