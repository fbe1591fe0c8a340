from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.forms import inlineformset_factory, modelformset_factory
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.generic import CreateView, DeleteView, DetailView, FormView, ListView, UpdateView

from library.forms import AskForm, AuthorForm, BookForm, TagForm
from library.models import Author, Book, Tag


class BookList(ListView):
    model = Book
    paginate_by = 2
    paginate_orphans = 1

    def get_queryset(self):
        books = super().get_queryset().select_related("author").prefetch_related("tags")
        query = self.request.GET.get("q")
        return books.filter(title__icontains=query) if query else books

    def get_ordering(self):
        return self.request.GET.get("order", "title")

    def get_context_data(self, **kwargs):
        return super().get_context_data(query=self.request.GET.get("q", ""), **kwargs)


class BookDetail(DetailView):
    queryset = Book.objects.select_related("author")
    extra_context = {"shop": "<corner>"}


class BookCreate(SuccessMessageMixin, CreateView):
    model = Book
    form_class = BookForm
    success_message = "“%(title)s” is on the shelf."

    def get_initial(self):
        return {**super().get_initial(), "notes": "new", "author": self.request.GET.get("author")}


class BookUpdate(LoginRequiredMixin, SuccessMessageMixin, UpdateView):
    model = Book
    fields = ["title", "author", "tags", "price", "published", "is_lent"]
    success_message = "Changed."
    template_name_suffix = "_edit"

    def form_valid(self, form):
        messages.info(self.request, f"changed: {', '.join(sorted(form.changed_data))}")
        return super().form_valid(form)


class BookDelete(LoginRequiredMixin, DeleteView):
    model = Book
    success_url = reverse_lazy("book_list")

    def form_valid(self, form):
        messages.warning(self.request, f"{self.object} is gone.")
        return super().form_valid(form)


class AuthorDetail(DetailView):
    model = Author


class AuthorCreate(CreateView):
    form_class = AuthorForm
    template_name = "library/form.html"


class AuthorUpdate(UpdateView):
    model = Author
    fields = "__all__"
    template_name = "library/form.html"
    success_url = "/authors/{id}/?saved={name}"


class Ask(FormView):
    form_class = AskForm
    template_name = "library/form.html"
    success_url = reverse_lazy("ask")
    initial = {"text": "Is it there?"}

    def form_valid(self, form):
        found = form.cleaned_data
        messages.success(self.request, f"{found['book']} by {found['book'].author}: {[str(tag) for tag in found['tags']]}")
        return super().form_valid(form)


BooksOfAuthor = inlineformset_factory(
    Author, Book, fields=["title", "slug", "price", "published"], extra=1, can_order=True, max_num=4
)
Tags = modelformset_factory(Tag, form=TagForm, extra=2, can_delete=True)


def author_books(request, pk):
    author = get_object_or_404(Author, pk=pk)
    books = BooksOfAuthor(request.POST or None, instance=author)
    if books.is_valid():
        books.save()
        changed = [f"{book}: {names}" for book, names in books.changed_objects]
        new, gone = [str(book) for book in books.new_objects], [str(book) for book in books.deleted_objects]
        messages.success(request, f"new {new}, changed {changed}, gone {gone}")
        return redirect("author_books", pk=pk)
    return render(request, "library/formset.html", {"formset": books, "title": author})


def tags(request):
    formset = Tags(request.POST or None, queryset=Tag.objects.order_by("name"))
    if request.method == "POST" and formset.is_valid():
        rows = formset.save(commit=False)
        for row in rows:
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        formset.save_m2m()
        return HttpResponse(f"{[row.name for row in rows]} {[str(row) for row in formset.deleted_objects]}")
    return render(request, "library/formset.html", {"formset": formset, "title": "Tags"})
