"""The steps that bring a knowledge base's tables up to date, numbered and never changed.

Each step runs in a transaction together with its row in `_sqlite_migrations`. A step that
has been released stays as it is; a change is a new step.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("phaen")

WORD_TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
"""Keeps Thai vowels and tone marks inside a word; SQLite's default breaks words at them."""

_TABLES = """
create table settings (
    name text primary key,
    value text not null
) without rowid;

create table organisations (
    key integer primary key,
    name text not null,
    kind text not null,
    province text,
    district text,
    subdistrict text
);
create unique index organisations_same on organisations (
    name, kind, coalesce(province, ''), coalesce(district, ''), coalesce(subdistrict, '')
);
create index organisations_province on organisations (province);

create table documents (
    key integer primary key,
    id text not null unique,
    digest text not null,
    file text not null,
    media_type text not null,
    title text,
    organisation integer references organisations (key),
    plan_kind text not null,
    year_from integer,
    year_to integer,
    published text,
    quality real,
    version_of text,
    notes text not null default '[]',
    added_at text not null
);
create index documents_organisation on documents (organisation);

create table sources (
    path text primary key,
    document integer not null references documents (key) on delete cascade
) without rowid;
create index sources_document on sources (document);

create table pages (
    document integer not null references documents (key) on delete cascade,
    number integer not null,
    text text not null,
    quality real,
    engine text not null,
    unread text,
    unverified integer not null,
    furniture text not null,
    primary key (document, number)
) without rowid;

create table passages (
    key integer primary key autoincrement,
    hash text not null unique,
    text text not null,
    more text not null,
    parts text not null,
    words text not null,
    more_words text not null,
    concepts text not null,
    squeezed text not null
);

create table entries (
    key integer primary key autoincrement,
    id text not null,
    document integer not null references documents (key) on delete cascade,
    passage integer not null references passages (key),
    position integer not null,
    kind text not null,
    organisation integer references organisations (key),
    year_from integer,
    year_to integer,
    confidence real not null,
    review text,
    unique (document, id)
);
create index entries_id on entries (id);
create index entries_passage on entries (passage, key);
create index entries_kind on entries (kind);
create index entries_organisation on entries (organisation);

create table statements (
    key integer primary key references entries (key) on delete cascade,
    text text not null,
    explanation text,
    alternatives text not null,
    organisation integer references organisations (key),
    year_from integer,
    year_to integer,
    page integer not null,
    "start" integer not null,
    "end" integer not null,
    section text,
    number text,
    parent text,
    found_by text not null
);

create index statements_organisation on statements (organisation);

create table mentions (
    statement integer not null references statements (key) on delete cascade,
    position integer not null,
    page integer not null,
    "start" integer not null,
    "end" integer not null,
    primary key (statement, position)
) without rowid;

create table projects (
    key integer primary key references entries (key) on delete cascade,
    title text not null,
    objective text,
    target text,
    budget text not null,
    indicator text,
    expected_result text,
    responsible text,
    plan text,
    declared_strategy text,
    place text not null,
    organisation integer references organisations (key),
    year_from integer,
    year_to integer,
    page integer not null,
    "row" integer,
    parent text,
    notes text not null,
    found_by text not null
);

create index projects_organisation on projects (organisation);

create table models (
    key integer primary key,
    fingerprint text not null unique,
    name text not null,
    dimension integer not null
);

create table vectors (
    key integer primary key,
    passage integer not null references passages (key) on delete cascade,
    model integer not null references models (key) on delete cascade,
    part integer not null,
    vector blob not null,
    unique (passage, model, part)
);

create table reviews (
    key integer primary key,
    target text not null,
    document text,
    subject text not null,
    verdict text not null,
    changes text not null,
    note text,
    reviewer text,
    made_at text not null
);
create index reviews_target on reviews (target);

create table jobs (
    id text primary key,
    kind text not null,
    state text not null,
    done integer not null,
    total integer,
    detail text not null,
    created_at text not null,
    updated_at text not null
);
"""

_WORDS = f"""
create virtual table passage_words using fts5(
    words, more_words, concepts,
    content='passages', content_rowid='key', tokenize="{WORD_TOKENIZER}"
);
create virtual table passage_terms using fts5vocab(passage_words, row);
create trigger passage_words_insert after insert on passages begin
    insert into passage_words (rowid, words, more_words, concepts)
    values (new.key, new.words, new.more_words, new.concepts);
end;
create trigger passage_words_delete after delete on passages begin
    insert into passage_words (passage_words, rowid, words, more_words, concepts)
    values ('delete', old.key, old.words, old.more_words, old.concepts);
end;
create trigger passage_words_update after update of words, more_words, concepts on passages begin
    insert into passage_words (passage_words, rowid, words, more_words, concepts)
    values ('delete', old.key, old.words, old.more_words, old.concepts);
    insert into passage_words (rowid, words, more_words, concepts)
    values (new.key, new.words, new.more_words, new.concepts);
end;
"""


@migrations()
def m001_tables(db: Database) -> None:
    """Lay out what is kept: documents, what they say, whose it is, vectors, reviews, jobs."""
    db.executescript(_TABLES)


@migrations()
def m002_words(db: Database) -> None:
    """Index the segmented words of passages; triggers keep them right by transaction."""
    db.executescript(_WORDS)


@migrations()
def m010_project_traits(db: Database) -> None:
    """Keep the parts of projects' names and the keys by which like ones are found."""
    db.executescript("""
        create table project_traits (
            key integer primary key references entries (key) on delete cascade,
            recipe text not null,
            traits text not null,
            keys blob not null
        )
    """)


@migrations()
def m020_project_money(db: Database) -> None:
    """Keep what was spent, what is in doubt and the lines of cost beside a project's budget."""
    db.executescript("""
        alter table projects add column spending text not null default '{}';
        alter table projects add column warnings text not null default '[]';
        alter table projects add column lines text not null default '[]';
    """)


@migrations()
def m040_people(db: Database) -> None:
    """Keep people, their sessions and tokens, what was changed by whom, and what was deleted."""
    db.executescript("""
        create table users (
            key integer primary key autoincrement,
            name text not null unique,
            display text not null,
            role text not null check (role in ('reader', 'planner', 'reviewer', 'admin')),
            scope text,
            disabled integer not null default 0,
            password text,
            created_at text not null,
            seen_at text
        );

        create table sessions (
            digest blob primary key,
            user integer not null references users (key) on delete cascade,
            begun integer not null,
            seen integer not null
        ) without rowid;
        create index sessions_user on sessions (user);

        create table tokens (
            key integer primary key autoincrement,
            id text not null unique,
            name text not null,
            digest blob not null unique,
            user integer not null references users (key) on delete cascade,
            role text not null check (role in ('reader', 'planner', 'reviewer', 'admin')),
            created_at text not null,
            expires_at text not null,
            used_at text,
            revoked_at text
        );
        create index tokens_user on tokens (user);

        create table log (
            key integer primary key autoincrement,
            at text not null,
            actor text not null,
            action text not null,
            subject text not null,
            document text,
            before text,
            after text
        );
        create index log_subject on log (subject);
        create index log_document on log (document);
        create trigger log_stays before update on log begin
            select raise(abort, 'the log is never changed');
        end;
        create trigger log_lasts before delete on log begin
            select raise(abort, 'the log is never deleted from');
        end;

        create table bin (
            key integer primary key autoincrement,
            document text not null,
            title text not null,
            organisation text,
            records integer not null,
            deleted_at text not null,
            deleted_by text not null,
            content blob not null
        );
        create index bin_document on bin (document);
    """)


@migrations()
def m050_durable_jobs(db: Database) -> None:
    """Keep what a job was asked and which server does it, and results as they come."""
    db.executescript("""
        alter table jobs add column owner text not null default '';
        alter table jobs add column input text;
        create table job_results (
            job text not null references jobs (id) on delete cascade,
            number integer not null,
            outcomes text not null,
            primary key (job, number)
        ) without rowid;
    """)


@migrations()
def m051_review_sets(db: Database) -> None:
    """Keep sets of proposals under review: their rows, the evidence, and every decision."""
    db.executescript("""
        create table review_sets (
            id text primary key,
            name text not null,
            file text not null,
            content blob,
            against text not null,
            state text not null,
            error text,
            job text,
            made_by text,
            made_at text not null
        );
        create table review_rows (
            "set" text not null references review_sets (id) on delete cascade,
            number integer not null,
            sheet text,
            "row" integer,
            title text not null,
            proposal text not null,
            alignment text,
            duplicates text,
            verdict text,
            relation text,
            strategy text,
            aligned_decision text,
            duplicate_decision text,
            note text not null default '',
            assigned text,
            version integer not null default 0,
            decided_by text,
            decided_at text,
            primary key ("set", number)
        ) without rowid;
        create table review_decisions (
            key integer primary key,
            "set" text not null references review_sets (id) on delete cascade,
            number integer not null,
            version integer not null,
            action text not null,
            before text not null,
            after text not null,
            made_by text,
            made_at text not null
        );
        create index review_decisions_row on review_decisions ("set", number, key);
    """)
