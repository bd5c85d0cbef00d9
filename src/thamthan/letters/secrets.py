"""What follows at once when a letter is found to be secret: first readers, no kept pictures."""

from thamthan.letters.models import Letter, SecretReader
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import record
from thamthan.records.pictures import forget_pictures
from thamthan.records.rules import Verb


def name_first_readers(letter: Letter, *readers: Post, by: Post) -> None:
    """Whoever brought a secret letter in, or typed it, goes on reading it until the registrar ends
    that; the registrar needs no naming.
    """
    for post in dict.fromkeys(readers):
        if post.has_duty(Duty.KEEP_SECRETS):
            continue
        _, is_new = SecretReader.objects.get_or_create(
            letter=letter, post=post, ended_at=None, defaults={"named_by": by}
        )
        if is_new:
            record(Verb.READER_NAMED, letter, by=by, note=post.words(), post=post.pk)


def put_out_of_sight(letter: Letter) -> None:
    """Pictures of its pages that were kept while it was open are thrown away."""
    for row in letter.files.select_related("file"):
        forget_pictures(row.file)
