-- Outside systems that are pulled on schedule: the sources, the periods that were or will be pulled, and the documents
-- that came of it.

create table sources (
    source          text primary key check (source ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    kind            text not null,
    address         text not null,
    -- The mapping profile that reads its pages, from a rule folder on record.
    profile         text not null,
    rule_set_hash   text not null references rule_set_versions,
    -- Whose data these are, where the pages do not say it themselves.
    unit            text,
    cron            text not null,
    overlap_seconds bigint not null check (overlap_seconds >= 0),
    options         jsonb not null default '{}',
    -- AES-GCM: nonce, tag, cipher text. The key is never in the database; key_id says which one it was.
    credentials     bytea,
    key_id          text,
    pause_ms        integer not null check (pause_ms >= 0),
    most_bytes      bigint not null check (most_bytes > 0),
    state           text not null check (state in ('active', 'paused')),
    -- The first scheduled period begins here.
    since           timestamptz not null,
    added_at        timestamptz not null,
    changed_at      timestamptz not null,
    check ((credentials is null) = (key_id is null))
);

-- A period of a source, pulled or to be pulled. The period is the natural key: a schedule that was missed while nobody
-- was awake is entered once, whoever wakes up first and however often.
create table source_pulls (
    source       text not null references sources,
    period_from  timestamptz not null,
    period_to    timestamptz not null,
    cause        text not null check (cause in ('schedule', 'backfill', 'now')),
    state        text not null check (state in ('requested', 'running', 'done', 'failed')),
    -- Where the protocol goes on; set with each page, in the transaction that takes the page in.
    mark         text,
    pages        integer not null default 0,
    documents    integer not null default 0,
    accepted     bigint not null default 0,
    rejected     bigint not null default 0,
    replaced     bigint not null default 0,
    flagged      bigint not null default 0,
    problem_zh   text,
    problem_en   text,
    node         text,
    attempt      integer not null default 0,
    requested_at timestamptz not null,
    started_at   timestamptz,
    heartbeat_at timestamptz,
    finished_at  timestamptz,
    primary key (source, period_from, period_to),
    check (period_from < period_to)
);
-- No two nodes pull one source at once.
create unique index source_pulls_one_at_a_time on source_pulls (source) where state = 'running';
create index source_pulls_by_state on source_pulls (state) where state in ('requested', 'running');

create sequence pulled_documents_order;

-- What a source answered, each answer once: the file it was kept in, the request (without secrets) and when.
-- The order is that in which the source last said it: where two documents state the same thing, the later one holds.
create table pulled_documents (
    source         text not null references sources,
    name           text not null,
    document       text not null references source_documents,
    ordinal        bigint not null default nextval('pulled_documents_order'),
    content_sha256 text not null,
    file           text not null,
    bytes          bigint not null,
    veiled         integer not null,
    request        text not null,
    status         integer not null,
    media_type     text,
    profile        text not null,
    unit           text,
    period_from    timestamptz not null,
    period_to      timestamptz not null,
    fetched_at     timestamptz not null,
    primary key (source, name, document)
);
create unique index pulled_documents_by_ordinal on pulled_documents (ordinal);
create index pulled_documents_by_document on pulled_documents (document);

-- A run reads a pulled document by the profile and for the unit that its source names.
alter table run_documents add column profile text, add column unit text;
