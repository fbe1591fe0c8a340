from django.contrib.contenttypes.models import ContentType
from people.models import Author, Profile

from posts.models import Club, Fan, Membership, Note, Post, Rating, Tag


def people():
    return [Author.objects.create(name=name) for name in ("Ann", "Bea", "Cid")]


def forget():
    for model in (Rating, Fan, Note, Post, Tag, Club, Profile, Author):
        model.objects.all().delete()


def forward(show):
    ann, bea, cid = people()
    post = Post.objects.create(title="t", slug="t", author=ann)
    show(post.author is ann, post.editor, post.author_id == ann.pk)
    post.editor = bea
    show(post.editor_id == bea.pk, post.editor)
    post.editor_id = cid.pk
    show(post.editor)
    post.editor = None
    show(post.editor_id, post.editor)
    show.fails(setattr, post, "editor", "text")
    show.fails(setattr, post, "editor", post)
    post.author = None
    show.fails(lambda: post.author)
    found = Post.objects.get(pk=post.pk)
    show("author" in found._state.fields_cache, found.author.name, "author" in found._state.fields_cache, found.author is found.author)
    found.author_id = 999
    error = show.fails(lambda: found.author)
    show(isinstance(error, Author.DoesNotExist))
    loaded = Post.objects.select_related("author").get(pk=post.pk)
    show("author" in loaded._state.fields_cache, loaded.author)
    show(isinstance(show.fails(lambda: Post().author), (Author.DoesNotExist, AttributeError)), hasattr(Post(), "author"))
    unsaved = Author(name="later")
    later = Post(title="l", slug="l", author=unsaved)
    unsaved.save()
    later.save()
    show(later.author_id == unsaved.pk)
    ann.mentor = bea
    ann.save()
    show(bea.pupils.all(), ann.mentor, Author.objects.filter(mentor__name="Bea"))
    forget()


def reverse(show):
    ann, bea, cid = people()
    post = ann.posts.create(title="a", slug="a")
    other = Post.objects.create(title="b", slug="b", author=bea, editor=cid)
    show(post.author is ann, ann.posts.all(), ann.posts.count(), ann.posts.filter(title="x").exists(), ann.posts.first().author is ann)
    ann.posts.add(other)
    show(ann.posts.all(), Post.objects.get(pk=other.pk).author, bea.posts.count())
    show(hasattr(ann.posts, "remove"), hasattr(ann.edited, "remove"))
    ann.edited.add(post, other)
    show(ann.edited.all(), cid.edited.all())
    ann.edited.remove(post)
    show(ann.edited.all())
    show.fails(ann.edited.remove, post)
    ann.edited.set([post])
    show(ann.edited.all())
    ann.edited.set([post, other], clear=True)
    show(ann.edited.all())
    ann.edited.clear()
    show(ann.edited.all(), Post.objects.count())
    show.fails(ann.posts.add, bea)
    show.fails(ann.posts.add, Post(title="new", slug="new"))
    ann.posts.add(Post(title="new", slug="new"), bulk=False)
    show(ann.posts.all())
    show(ann.posts.get_or_create(title="a")[1], ann.posts.get_or_create(title="z", defaults={"slug": "z"})[1], ann.posts.update_or_create(title="z", defaults={"slug": "zz"})[0].slug)
    show.fails(lambda: Author(name="x").posts.all())
    show.fails(setattr, ann, "posts", [post])
    loaded = Author.objects.prefetch_related("posts").get(pk=ann.pk)
    show(loaded.posts.all(), loaded._prefetched_objects_cache.keys())
    loaded.posts.create(title="more", slug="more")
    show(loaded.posts.count(), "posts" in loaded._prefetched_objects_cache)
    show(Rating.objects.create(post=post, judge=cid).stars, post.rating_set.count(), Post.objects.filter(rating__stars=3))
    forget()


def single(show):
    ann, bea, cid = people()
    show(hasattr(ann, "profile"))
    show.says(lambda: ann.profile)
    profile = Profile.objects.create(author=ann, bio="x")
    show(ann.profile is profile, profile.author is ann, Author.objects.get(pk=ann.pk).profile.bio)
    show.fails(Profile.objects.create, author=ann)
    bea.profile = profile
    show(profile.author is bea, profile.author_id == bea.pk)
    profile.save()
    show(Author.objects.get(pk=bea.pk).profile.pk == profile.pk, Author.objects.filter(profile__bio="x"))
    show(isinstance(show.fails(lambda: cid.profile), Profile.DoesNotExist))
    show.fails(setattr, cid, "profile", "text")
    show(Author.objects.select_related("profile").get(pk=bea.pk).profile.bio)
    forget()


def many(show):
    ann, bea, cid = people()
    a, b, c = (Tag.objects.create(name=name) for name in "abc")
    names = lambda rows: [row.name for row in rows]
    post = Post.objects.create(title="t", slug="t", author=ann)
    post.tags.add(a, b)
    post.tags.add(b.pk, str(c.pk))
    show(names(post.tags.all()), a.posts.all(), post.tags.count(), post.tags.exists(), names(post.tags.filter(name__gt="a")))
    post.tags.remove(a, a)
    show(names(post.tags.all()))
    post.tags.set([a, b])
    show(names(post.tags.all()))
    post.tags.set([c], clear=True)
    show(names(post.tags.all()))
    post.tags.clear()
    show(names(post.tags.all()))
    made = post.tags.create(name="d")
    show(made.name, names(post.tags.all()), post.tags.get_or_create(name="d")[1], post.tags.get_or_create(name="e")[1], names(post.tags.all()))
    a.posts.add(post)
    a.posts.set([])
    show(a.posts.count())
    show.fails(post.tags.add, ann)
    show.fails(post.tags.add, Tag(name="unsaved"))
    show.fails(lambda: Post(title="x").tags)
    show.fails(setattr, post, "tags", [a])
    loaded = Post.objects.prefetch_related("tags").get(pk=post.pk)
    show(names(loaded.tags.all()))
    loaded.tags.add(a)
    show(names(loaded.tags.all()), Post.objects.filter(tags__name="a"), Post.objects.filter(tags=a).count())
    show(Post.tags.through.objects.filter(post=post).count(), Post.tags.through.objects.first().tag.name)
    one, two, three = (Club.objects.create(name=name) for name in ("one", "two", "three"))
    one.friends.add(two)
    show(names(two.friends.all()), names(one.friends.all()), hasattr(Club, "club_set"))
    two.friends.remove(one)
    show(one.friends.count())
    one.follows.add(three)
    show(names(three.followers.all()), three.follows.count())
    one.members.add(ann, through_defaults={"since": 1})
    one.members.add(ann, bea)
    show(sorted((row.author.name, row.since) for row in Membership.objects.all()), one.members.all(), ann.clubs.count())
    one.members.set([bea, cid], through_defaults={"since": 5})
    show(sorted((row.author.name, row.since) for row in Membership.objects.all()))
    show(one.members.create(name="Dan", through_defaults={"since": 9}).name, one.membership_set.get(author__name="Dan").since)
    one.members.clear()
    show(Membership.objects.count(), Author.objects.count())
    forget()


def deleting(show):
    ann, bea, cid = people()
    post = Post.objects.create(title="t", slug="t", author=ann, editor=bea)
    post.tags.add(Tag.objects.create(name="x"))
    bea.pupils.add(cid)
    counted, models = bea.delete()
    show(counted, models, bea.pk, Post.objects.get(pk=post.pk).editor, Author.objects.get(pk=cid.pk).mentor)
    rating = Rating.objects.create(post=post, judge=cid)
    error = show.says(cid.delete)
    show(error.protected_objects == {rating})
    counted, models = ann.delete()
    show(counted, sorted(models.items()))
    show(Rating.objects.count(), Tag.objects.count())
    fan = Fan.objects.create(author=cid)
    error = show.says(cid.delete)
    show(error.restricted_objects == {fan})
    show(Fan.objects.all().delete(), cid.delete())
    show.says(Author(name="x").delete)
    show(Author.objects.filter(pk=-1).delete())
    forget()


def generic(show):
    ann, bea, cid = people()
    kind = ContentType.objects.get_for_model(Author)
    show(kind.app_label, kind.model, kind.name, str(kind), kind.model_class() is Author, kind.natural_key())
    show(ContentType.objects.get_for_model(ann) is kind, ContentType.objects.get_for_id(kind.pk) is kind, ContentType.objects.get_by_natural_key("people", "author") is kind)
    show(kind.get_object_for_this_type(pk=ann.pk) == ann, kind.get_all_objects_for_this_type(name="Bea"))
    show(sorted(ContentType.objects.get_for_models(Author, Tag)[Tag].natural_key()))
    note = Note.objects.create(about=ann, text="n")
    show(note.content_type_id == kind.pk, note.object_id == ann.pk, note.about is ann)
    found = Note.objects.get()
    show(found.about == ann, found.about is found.about)
    found.about = bea
    found.save()
    show(Note.objects.get().about)
    found.object_id = 999
    show(found.about)
    note.about = None
    show(note.content_type_id, note.object_id)
    forget()
