"""The addresses of the pages."""

from django.urls import path

from thamthan.web import (
    account,
    chain,
    confirm,
    home,
    letters,
    organisations,
    people,
    person,
    pictures,
    receiving,
    register,
    search,
)

urlpatterns = [
    path("", home.desk, name="desk"),
    path("healthz/", home.healthz, name="healthz"),
    path("log-in/", account.log_in_page, name="log-in"),
    path("log-out/", account.log_out, name="log-out"),
    path("account/", account.account, name="account"),
    path("account/password/", account.change_own_password, name="change-own-password"),
    path("account/post/", account.switch_post, name="switch-post"),
    path("letters/", register.register, name="register"),
    path("letters/new/", receiving.receive, name="receive"),
    path("letters/register.csv", register.export_register, name="register-export"),
    path("letters/opening/", register.open_received_register, name="register-opening"),
    path("letters/finished/", register.shelf, {"state": "finished"}, name="register-finished"),
    path("letters/aside/", register.shelf, {"state": "aside"}, name="register-aside"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/confirmation/", confirm.confirmation, name="letter-confirmation"),
    path("letters/<int:pk>/confirmation/doubts/", confirm.letter_doubts, name="letter-doubts"),
    path("letters/<int:pk>/reading/", confirm.reading_state, name="letter-reading"),
    path("letters/<int:pk>/files/<int:position>/", letters.original_file, name="letter-file"),
    path(
        "letters/<int:pk>/files/<int:position>/pages/<int:number>/",
        pictures.letter_page,
        name="letter-page",
    ),
    path("letters/<int:pk>/twin/", letters.twin, name="letter-twin"),
    path("letters/<int:pk>/aside/", letters.set_aside, name="letter-aside"),
    path("letters/<int:pk>/return/", letters.take_back, name="letter-return"),
    path("letters/<int:pk>/finish/", letters.finish, name="letter-finish"),
    path("letters/<int:pk>/reopen/", letters.reopen, name="letter-reopen"),
    path("letters/<int:pk>/links/", chain.links, name="letter-links"),
    path("letters/<int:pk>/links/removal/", chain.unlinking, name="letter-unlinking"),
    path("letters/<int:pk>/matter/", chain.matter, name="letter-matter"),
    path("search/", search.search, name="search"),
    path("search/saved/", search.saved_search, name="saved-search"),
    path(
        "search/saved/<int:pk>/removal/", search.saved_search_removal, name="saved-search-removal"
    ),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<slug:code>/", organisations.organisation, name="organisation"),
    path("organisations/<slug:code>/new/", organisations.new_organisation, name="organisation-new"),
    path(
        "organisations/<slug:code>/change/",
        organisations.organisation_change,
        name="organisation-change",
    ),
    path(
        "organisations/<slug:code>/closing/",
        organisations.organisation_closing,
        name="organisation-closing",
    ),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="person-new"),
    path("people/posts/new/", people.new_post, name="person-post-new"),
    path("people/<int:pk>/", person.person, name="person"),
    path("people/<int:pk>/change/", people.person_change, name="person-change"),
    path("people/<int:pk>/password/", person.person_password, name="person-password"),
    path("people/<int:pk>/unlocking/", person.person_unlocking, name="person-unlocking"),
    path(
        "people/<int:pk>/posts/<int:post_pk>/end/", person.person_post_end, name="person-post-end"
    ),
    path("people/<int:pk>/tokens/", person.person_token, name="person-token"),
    path(
        "people/<int:pk>/tokens/<int:token_pk>/revocation/",
        person.person_token_revocation,
        name="person-token-revocation",
    ),
]
