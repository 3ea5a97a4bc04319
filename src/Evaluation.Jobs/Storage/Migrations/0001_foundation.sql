-- The foundation: rule-set versions, source documents, observations, runs, score cards, awards, reports.
-- Observations and score cards are appended, never updated: triggers at the end refuse it.

create table rule_set_versions (
    hash        text primary key,
    name        text not null,
    recorded_at timestamptz not null
);

create table rule_files (
    rule_set_hash text not null references rule_set_versions,
    path          text not null,
    content       text not null,
    primary key (rule_set_hash, path)
);

-- A document is known by the hash of its bytes and of the profile that reads it, so that a mended profile reads a
-- file anew; content_sha256 is of its bytes alone. Its number is the short form that long tables carry.
create table source_documents (
    sha256      text primary key,
    number      integer generated always as identity unique,
    content_sha256 text not null,
    name        text not null,
    format      text not null,
    profile     text,
    category    text,
    bytes       bigint not null,
    accepted    integer not null default 0,
    rejected    integer not null default 0,
    replaced    integer not null default 0,
    flagged     integer not null default 0,
    skipped     integer not null default 0,
    state       text not null check (state in ('reading', 'read')),
    notes       jsonb not null default '[]',
    recorded_at timestamptz not null
);

-- Every refused row or cell, with what is wrong and how to mend it. Line 0 is the document as a whole.
create table rejected_rows (
    document_number integer not null references source_documents (number),
    ordinal         integer not null,
    line            integer not null,
    cell            text not null,
    value           text not null,
    reason_zh       text not null,
    reason_en       text not null,
    primary key (document_number, ordinal)
);

-- Names and codes of units and resources, as a document states them. A run takes them from its own documents,
-- the later one first.
create table units (
    document_number integer not null references source_documents (number),
    category        text not null,
    unit            text not null,
    name_zh         text not null,
    name_en         text not null,
    province_zh     text,
    province_en     text,
    primary key (document_number, category, unit)
);

create table resources (
    document_number integer not null references source_documents (number),
    category        text not null,
    unit            text not null,
    resource        text not null,
    name_zh         text not null,
    class           text,
    original_value  numeric(20, 2),
    in_service_from date,
    registered      boolean,
    locator         text not null,
    primary key (document_number, category, unit, resource)
);

-- One raw value. A later document that says otherwise appends the next version, which names the one it replaces.
create table metric_observations (
    id              bigint generated always as identity primary key,
    natural_key     text not null,
    version         integer not null default 1,
    unit            text not null,
    resource        text,
    category        text not null,
    metric          text not null,
    period_from     date not null,
    period_to       date not null,
    value           numeric,
    answer          text,
    unit_of_measure text not null,
    dimensions      jsonb not null default '{}',
    document        text not null references source_documents,
    locator         text not null,
    flags           text[] not null default '{}',
    verification    text not null default 'reported',
    replaces        bigint references metric_observations,
    replace_reason  text,
    recorded_at     timestamptz not null,
    unique (natural_key, version),
    check ((value is null) <> (answer is null))
);
create index metric_observations_by_unit on metric_observations (category, unit, metric);
create index metric_observations_by_document on metric_observations (document);

-- What a document states: each observation, whether it was the first to state it or repeats an earlier one.
create table document_observations (
    document_number integer not null references source_documents (number),
    observation     bigint not null references metric_observations,
    locator         text not null,
    primary key (document_number, observation)
);

-- Who used which instrument from when to when, for whom, for what fee.
create table service_records (
    document_number integer not null references source_documents (number),
    category        text not null,
    unit            text not null,
    resource        text not null,
    record          text not null,
    used            tstzrange not null,
    scope           text not null check (scope in ('internal', 'external', 'unknown')),
    user_unit       text,
    fee             numeric(20, 2),
    line            integer not null,
    primary key (document_number, unit, record)
);

-- A run is named by what goes into it: cycle, rule-set version, engine version and the documents.
create table runs (
    run             text primary key,
    cycle           text not null,
    rule_set_hash   text not null references rule_set_versions,
    engine_version  text not null,
    generated       boolean not null default false,
    snapshot_hash   text,
    result_hash     text,
    state           text not null check (state in ('requested', 'running', 'finished', 'failed', 'stopped')),
    problem         text,
    requested_at    timestamptz not null,
    finished_at     timestamptz
);

-- In the order in which they count: where two documents state the same thing, the later one holds. A run is
-- requested before its documents are read, so they need not be known yet.
create table run_documents (
    run      text not null references runs,
    ordinal  integer not null,
    document text not null,
    path     text not null,
    primary key (run, document),
    unique (run, ordinal)
);

-- The run ledger: every step and shard, with its state. A shard's row is its natural key.
create table run_steps (
    run          text not null references runs,
    step         text not null,
    shard        text not null,
    ordinal      integer not null,
    state        text not null check (state in ('requested', 'running', 'done', 'failed')),
    attempt      integer not null default 0,
    done         bigint not null default 0,
    total        bigint not null default 0,
    message      text,
    node         text,
    requested_at timestamptz not null,
    started_at   timestamptz,
    heartbeat_at timestamptz,
    finished_at  timestamptz,
    primary key (run, step, shard)
);

create table snapshots (
    hash         text primary key,
    observations bigint not null,
    sealed_at    timestamptz not null
);

create table snapshot_observations (
    snapshot_hash   text not null references snapshots,
    observation     bigint not null references metric_observations,
    document_number integer not null references source_documents (number),
    locator         text not null,
    primary key (snapshot_hash, observation)
);

create table findings (
    id          bigint generated always as identity primary key,
    run         text not null references runs,
    code        text not null,
    severity    text not null check (severity in ('info', 'warning', 'blocking')),
    category    text,
    unit        text,
    resource    text,
    metric      text,
    document    text,
    locator     text,
    message_zh  text not null,
    message_en  text not null,
    natural_key text not null,
    unique (run, natural_key)
);

-- One sheet a unit: the score on its own, before units are compared.
create table score_sheets (
    run      text not null references runs,
    category text not null,
    unit     text not null,
    sheet    bytea not null,
    sha256   text not null,
    primary key (run, category, unit)
);

create table score_cards (
    run      text not null references runs,
    category text not null,
    unit     text not null,
    total    numeric,
    rank     integer,
    ranked   integer not null,
    grade    text,
    card     bytea not null,
    sha256   text not null,
    primary key (run, category, unit)
);
create index score_cards_by_rank on score_cards (run, category, rank);

create table allocations (
    run        text not null references runs,
    pool       text not null,
    category   text not null,
    pot        numeric(20, 2) not null,
    spent      numeric(20, 2) not null,
    result     bytea not null,
    sha256     text not null,
    primary key (run, pool, category)
);

create table awards (
    run      text not null references runs,
    pool     text not null,
    category text not null,
    unit     text not null,
    grade    text,
    amount   numeric(20, 2) not null,
    award    bytea not null,
    primary key (run, pool, category, unit)
);

create table reports (
    run       text not null references runs,
    category  text not null,
    unit      text not null,
    number    text not null,
    file      text not null,
    pages     integer not null,
    bytes     bigint not null,
    sha256    text not null,
    primary key (run, category, unit)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% rows are never changed or deleted: append a new one', tg_table_name;
end $$;

create trigger metric_observations_are_appended before update or delete on metric_observations
    for each row execute function refuse_change();
create trigger score_cards_are_appended before update or delete on score_cards
    for each row execute function refuse_change();
create trigger awards_are_appended before update or delete on awards
    for each row execute function refuse_change();
create trigger rule_files_are_appended before update or delete on rule_files
    for each row execute function refuse_change();
create trigger snapshot_observations_are_appended before update or delete on snapshot_observations
    for each row execute function refuse_change();
