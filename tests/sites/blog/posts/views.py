from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.mixins import LoginRequiredMixin, UserPassesTestMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, F, Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.cache import cache_page
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DeleteView, DetailView, ListView, UpdateView

from .forms import CommentForm, PostForm
from .models import Category, Comment, Post, Tag


class PostList(ListView):
    context_object_name = "posts"
    paginate_by = 2

    def get_queryset(self):
        posts = Post.objects.published().with_counts().select_related("author", "category").prefetch_related("tags")
        query = self.request.GET.get("q")
        if query:
            posts = posts.filter(Q(title__icontains=query) | Q(body__icontains=query))
        return posts

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["categories"] = Category.objects.annotate(total=Count("posts")).filter(total__gt=0)
        return context


class PostDetail(DetailView):
    model = Post

    def get_queryset(self):
        posts = super().get_queryset().select_related("author")
        if self.request.user.is_authenticated:
            return posts.filter(Q(status="PB") | Q(author=self.request.user))
        return posts.filter(status="PB")

    def get_object(self, queryset=None):
        post = super().get_object(queryset)
        Post.objects.filter(pk=post.pk).update(views=F("views") + 1)
        post.refresh_from_db(fields=["views"])
        return post

    def get_context_data(self, **kwargs):
        comments = self.object.comments.filter(is_approved=True)
        return super().get_context_data(comments=comments, form=CommentForm(), **kwargs)


class OwnPostMixin(LoginRequiredMixin, UserPassesTestMixin):
    def test_func(self):
        return self.get_object().author == self.request.user


class PostCreate(LoginRequiredMixin, SuccessMessageMixin, CreateView):
    model = Post
    form_class = PostForm
    success_message = "“%(title)s” is saved."

    def form_valid(self, form):
        form.instance.author = self.request.user
        if form.instance.status == "PB":
            form.instance.published_at = timezone.now()
        return super().form_valid(form)


class PostUpdate(OwnPostMixin, SuccessMessageMixin, UpdateView):
    model = Post
    form_class = PostForm
    success_message = "“%(title)s” is changed."


class PostDelete(OwnPostMixin, DeleteView):
    model = Post
    success_url = reverse_lazy("post-list")

    def form_valid(self, form):
        messages.success(self.request, f"“{self.object}” is gone.")
        return super().form_valid(form)


def by_tag(request, name):
    tag = get_object_or_404(Tag, name=name)
    posts = get_list_or_404(tag.posts.filter(status="PB").order_by("title"))
    return render(request, "posts/tag.html", {"tag": tag, "posts": posts})


@require_POST
def comment(request, slug):
    post = get_object_or_404(Post.published, slug=slug)
    form = CommentForm(request.POST)
    if form.is_valid():
        comment = form.save(commit=False)
        comment.post = post
        comment.save()
        messages.success(request, "Thank you.")
        return redirect(post)
    return render(request, "posts/post_detail.html", {"post": post, "object": post, "form": form, "comments": []}, status=422)


def comments_feed(request):
    comments = Comment.objects.select_related("post").order_by("-pk")
    page = Paginator(comments, 2).get_page(request.GET.get("page"))
    return JsonResponse(
        {
            "comments": [{"by": comment.name, "post": comment.post.title, "text": comment.text} for comment in page],
            "page": page.number,
            "pages": page.paginator.num_pages,
            "next": page.next_page_number() if page.has_next() else None,
        }
    )


@login_required
@permission_required("posts.publish_post", raise_exception=True)
@require_POST
def publish(request, slug):
    post = get_object_or_404(Post, slug=slug)
    post.publish()
    return redirect(post)


@login_required
def drafts(request):
    posts = request.user.posts.filter(status="DF")
    return render(request, "posts/tag.html", {"tag": "drafts", "posts": posts})


@require_POST
def bulk(request):
    try:
        with transaction.atomic():
            tags = Tag.objects.bulk_create([Tag(name=name) for name in request.POST.getlist("tag")])
            if request.POST.get("fail"):
                raise ValueError("as asked")
    except ValueError as error:
        return JsonResponse({"error": str(error), "tags": Tag.objects.count()}, status=400)
    return JsonResponse({"made": [tag.name for tag in tags], "tags": Tag.objects.count()})


def dashboard(request):
    data = cache.get("dashboard")
    if data is None:
        data = {
            "posts": Post.objects.count(),
            "comments": Comment.objects.count(),
            "by_status": dict(Post.objects.order_by("status").values_list("status").annotate(Count("pk"))),
            "most_viewed": Post.objects.order_by("-views", "title").values("title", "views").first(),
        }
        cache.set("dashboard", data, 300)
        data = {**data, "fresh": True}
    return JsonResponse(data)


@cache_page(60)
def numbers(request):
    return HttpResponse(f"{Post.objects.count()} posts, {request.GET.get('x', '-')}", content_type="text/plain")


def sidebar(request):
    return render(request, "posts/sidebar.html", {"count": Post.objects.count(), "who": request.GET.get("who", "all")})


def log_in(request):
    if request.method == "POST":
        user = authenticate(request, username=request.POST.get("username"), password=request.POST.get("password"))
        if user is not None:
            login(request, user)
            return redirect(request.GET.get("next") or "post-list")
        messages.error(request, "That is not right.")
    return render(request, "posts/login.html")


@require_POST
def log_out(request):
    logout(request)
    return redirect("post-list")
