from django.utils.text import *
from django.utils.text import add_truncation_text, calculate_truncate_chars_length, camel_case_to_spaces, slugify, format_lazy
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
TEXTS = ["", "a", "hello world", "Ünïcödé Straße", "ein  Text\tmit\nLücken", "日本語", "ǅ", "ﬁ", "--a--", "__a__", "A_b-C", "a\u0301b", "x" * 50, "😀 smile", "  spaces  ", "1,5 €", "a/b\\c", "..", ".", "\x00a", "İstanbul"]
each(slugify, *TEXTS, None, 5, lazystr("A b"), mark_safe("<b>"))
each(lambda t: slugify(t, allow_unicode=True), *TEXTS)
each(capfirst, *TEXTS, None, 5, lazystr("abc"), "ß")
each(get_valid_filename, *TEXTS, None, "a b.txt", "../x", "ü.txt", "^&'@{}[],$=!-#()%+~_123.txt", "...")
for_words = ["", "one", "one two three four", "one  two\nthree", "<p>one two</p> three", "a" * 30, "ein Wort …", "x " * 20]
[[tried(Truncator(t).words, n) for n in (0, 1, 2, 3, 100, -1, "2", "x")] for t in for_words]
[[tried(Truncator(t).words, 2, m) for m in ("", "...", " [%(truncated_text)s]", "two")] for t in for_words]
[[tried(Truncator(t).chars, n) for n in (0, 1, 2, 3, 5, 100, -1, "2", "x")] for t in [*for_words, "a\u0301e\u0301i\u0301", "日本語テキスト"]]
[[tried(Truncator(t).chars, 5, m) for m in ("", "...", "%(truncated_text)s more", "longer than all")] for t in for_words]
HTML = ["", "<p>one two three</p>", "<p>one <b>two</b> three <i>four</i></p>", "one &amp; two &lt; three", "<br>a b<img src=x>c d", "<p>a</p><p>b</p>", "<a href='x y'>one two</a> three", "plain words only", "<p>unclosed <b>tags here", "</p>odd", "a < b and c", "&#38;&eacute;&unknown; x", "<!-- c --> a b", "<p><br/>x<hr>y z</p>", "<script>a b c</script> d", "  <b> a  b </b>  c", "<b>" * 5 + "x y" + "</b>" * 5, "<p\n>x y</p\n>z"]
[[tried(Truncator(t).words, n, html=True) for n in (0, 1, 2, 3, 10)] for t in HTML]
[[tried(Truncator(t).chars, n, html=True) for n in (0, 1, 2, 3, 5, 8, 100)] for t in HTML]
[[tried(Truncator(t).chars, 4, m, html=True) for m in ("", "...", "<x>")] for t in HTML]
str(Truncator("a b")), repr(Truncator(lazystr("x"))) == "x"
add_truncation_text("a"), add_truncation_text("a", "…"), add_truncation_text("a…", "…"), add_truncation_text("a", "[%(truncated_text)s]")
each(lambda r: calculate_truncate_chars_length(5, r), None, "...", "", "a\u0301")
each(lambda l: get_text_list(l), [], ["a"], ["a", "b"], ["a", "b", "c"], ("x", 5), [lazystr("z"), None])
get_text_list(["a", "b", "c"], "and"), get_text_list(["a", "b"], "")
each(normalize_newlines, "a\r\nb\rc\nd", "", "\r\r\n", 5, None)
each(phone2numeric, "0800 flowers", "", "ABCxyz-1", "ü", "a1")
each(lambda t: list(smart_split(t)), "a b", 'a "b c" d', "a 'b c' d", r'a "b\"c" d', "", "  ", "a='x y' b", "_('x y')|f:\"a b\"", 'a "b', "x\ty\nz", r"'a\'b' c")
each(unescape_string_literal, '"abc"', "'abc'", '"a\\"b"', "'a\\'b'", '"a\\\\b"', "abc", "", '"', "'a\"", '"a')
each(lambda w: wrap("this is a long paragraph of text that really needs to be wrapped\n\nsecond  line here\n", w), 1, 5, 14, 100)
each(lambda t: wrap(t, 8), "", "a", "averylongwordindeed b", "a\tb c d e f", "  leading spaces", "trail   ", "a\nb", "\n", "x-y-z hyphen-ated words", "a\r\nb")
tried(wrap, "a b", 0)
each(camel_case_to_spaces, "camelCase", "CamelCase", "HTTPServer", "", "aB", "ABC", "a_b", " XTest ", "myHTTPServerX")
str(format_lazy("{} {x}", lazystr("a"), x=1))
import gzip
gzip.decompress(compress_string(b"lorem ipsum " * 100)) == b"lorem ipsum " * 100
gzip.decompress(b"".join(compress_sequence([b"a", b"", b"b" * 1000]))) == b"a" + b"b" * 1000
gzip.decompress(compress_string(b"x", max_random_bytes=50))
