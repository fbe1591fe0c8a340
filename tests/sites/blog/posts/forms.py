from django import forms

from .models import Comment, Post


class PostForm(forms.ModelForm):
    class Meta:
        model = Post
        fields = ["title", "slug", "category", "tags", "body", "status"]
        widgets = {"body": forms.Textarea(attrs={"rows": 4}), "tags": forms.CheckboxSelectMultiple}
        help_texts = {"slug": "Part of the address."}

    def clean_title(self):
        title = self.cleaned_data["title"].strip()
        if title.lower() == "untitled":
            raise forms.ValidationError("Give it a title of its own.")
        return title


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["name", "text"]

    def clean(self):
        cleaned = super().clean()
        if "http://" in cleaned.get("text", ""):
            raise forms.ValidationError("No links, please.", code="link")
        return cleaned
