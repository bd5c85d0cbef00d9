"""Ban Lat and its people, by name: the demo's own organisations and posts."""

from dataclasses import dataclass, fields

from thamthan.cli.demo import DEMO_PASSWORD, seed_demo
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import system_post_of

PASSWORD = DEMO_PASSWORD

_ORGANISATIONS = {
    "ministry": "MOI",
    "phetchaburi": "76",
    "mueang": "7601",
    "ban_lat": "7606",
    "nong_kapu": "6760607",
    "welfare": "6760607-05",
    "tha_sen": "6760609",
    "ban_lat_municipality": "5760601",
    "neighbour": "6760113",
}
_POSTS = {
    "clerk": ("somjai", "6760607"),
    "chief_clerk": ("palad", "6760607"),
    "acting_head": ("palad", "6760607-04"),
    "executive": ("nayok", "6760607"),
    "officer": ("malee", "6760607-05"),
    "head": ("thana", "6760607-03"),
    "administrator": ("admin.nongkapu", "6760607"),
    "ban_lat_clerk": ("kanya", "5760601"),
    "ban_lat_officer": ("kanya", "5760601-02"),
    "tha_sen_clerk": ("somsak", "6760609"),
    "district_officer": ("phonthip", "7606"),
    "district_chief": ("naiamphoe", "7606"),
    "district_administrator": ("admin.banlat", "7606"),
    "governor_officer": ("ratree", "76"),
    "governor": ("phuwa", "76"),
    "province_administrator": ("admin.phetchaburi", "76"),
    "ministry_clerk": ("phum", "MOI"),
    "permanent_secretary": ("ekkachai", "MOI"),
    "ministry_officer": ("chanida", "MOI"),
    "ministry_administrator": ("admin.moi", "MOI"),
    "neighbour_clerk": ("bangchan", "6760113"),
}


@dataclass(frozen=True)
class World:
    """One small true place. `neighbour` lies in another district and must see nothing of it."""

    ministry: Organisation
    phetchaburi: Organisation
    mueang: Organisation
    ban_lat: Organisation
    nong_kapu: Organisation
    welfare: Organisation
    tha_sen: Organisation
    ban_lat_municipality: Organisation
    neighbour: Organisation

    clerk: Post
    chief_clerk: Post
    acting_head: Post
    executive: Post
    officer: Post
    head: Post
    administrator: Post
    ban_lat_clerk: Post
    ban_lat_officer: Post
    tha_sen_clerk: Post
    district_officer: Post
    district_chief: Post
    district_administrator: Post
    governor_officer: Post
    governor: Post
    province_administrator: Post
    ministry_clerk: Post
    permanent_secretary: Post
    ministry_officer: Post
    ministry_administrator: Post
    neighbour_clerk: Post
    system: Post


def make_world() -> World:
    """The world as it is kept, put in first where it is not."""
    posts = _posts()
    if not posts.keys() >= set(_POSTS.values()):
        seed_demo(force=False)
        posts = _posts()
    organisations = {
        each.code: each for each in Organisation.objects.filter(code__in=_ORGANISATIONS.values())
    }
    named: dict[str, Organisation | Post] = {
        name: organisations[code] for name, code in _ORGANISATIONS.items()
    }
    named |= {name: posts[key] for name, key in _POSTS.items()}
    named["system"] = system_post_of()
    return World(**{field.name: named[field.name] for field in fields(World)})  # type: ignore[arg-type]


def _posts() -> dict[tuple[str, str], Post]:
    kept = Post.objects.filter(person__isnull=False).select_related("person", "organisation")
    return {(post.person.login, post.organisation.code): post for post in kept if post.person}
