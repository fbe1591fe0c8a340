from io import StringIO

from django.core import signing
from django.core.mail import (
    BadHeaderError,
    EmailMessage,
    EmailMultiAlternatives,
    get_connection,
    mail_admins,
    mail_managers,
    send_mail,
    send_mass_mail,
)
from django.core.management import call_command
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from .forms import ContactForm


def contact(request):
    form = ContactForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        recipients = ["info@example.com"]
        if data["cc_myself"]:
            recipients.append(data["sender"])
        sent = send_mail(data["subject"], data["message"], data["sender"], recipients)
        return HttpResponse(f"{sent} sent", content_type="text/plain")
    return render(request, "letters/contact.html", {"form": form})


def newsletter(request):
    html = render_to_string("letters/newsletter.html", {"name": "Ada <3", "items": ["tea", "räksmörgås"]}, request=request)
    message = EmailMultiAlternatives(
        "News for you",
        strip_tags(html).strip(),
        None,
        ["Ada <ada@example.com>"],
        bcc=["archive@example.com"],
        cc=["copy@example.com"],
        reply_to=["answer@example.com"],
        headers={"X-Campaign": "tea"},
    )
    message.attach_alternative(html, "text/html")
    message.attach("list.csv", "a,b\n1,2\n", "text/csv")
    return JsonResponse({"sent": message.send(), "recipients": message.recipients(), "from": message.from_email})


def many(request):
    first = EmailMessage("First", "one", to=["a@example.com"])
    with get_connection() as connection:
        sent = connection.send_messages([first, EmailMessage("Second", "two", to=["b@example.com"])])
    sent += send_mass_mail([("Third", "three", None, ["c@example.com"])])
    mail_admins("Disk", "It is full.")
    mail_managers("Orders", "There are some.", html_message="<p>There are <b>some</b>.</p>")
    return JsonResponse({"sent": sent})


def inject(request):
    try:
        send_mail("Hello\nBcc: evil@example.com", "text", None, ["a@example.com"])
    except BadHeaderError as error:
        return HttpResponse(f"refused: {type(error).__name__}", status=400, content_type="text/plain")
    return HttpResponse("sent")


def signed(request, value):
    token = signing.dumps({"value": value}, salt="office")
    signer = signing.TimestampSigner(salt="office")
    stamped = signer.sign(value)
    broken = "fine"
    try:
        signing.loads(token + "x", salt="office")
    except signing.BadSignature as error:
        broken = type(error).__name__
    try:
        signer.unsign(stamped, max_age=-1)
    except signing.SignatureExpired as error:
        expired = type(error).__name__
    return JsonResponse(
        {
            "loaded": signing.loads(token, salt="office", max_age=60),
            "unsigned": signer.unsign(stamped, max_age=60),
            "plain": signing.Signer().sign(value).split(":")[0],
            "broken": broken,
            "expired": expired,
            "object": signing.Signer().unsign_object(signing.Signer().sign_object({"a": [1, value]})),
        }
    )


def seen(request):
    times = int(request.get_signed_cookie("seen", default="0", salt="office", max_age=3600)) + 1
    response = JsonResponse({"seen": times})
    response.set_signed_cookie("seen", str(times), salt="office", max_age=3600, httponly=True, samesite="Lax")
    return response


def call(request):
    out, err = StringIO(), StringIO()
    found = call_command("greet", "Ada", "Bob", "--shout", times=2, stdout=out, stderr=err)
    return JsonResponse({"out": out.getvalue(), "err": err.getvalue(), "returned": found})
