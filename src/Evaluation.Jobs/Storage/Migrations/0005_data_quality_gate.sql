-- The gate before the lock: what people decided on findings, what owners confirmed, and what the treatment changed.

-- A decision is on a finding of a cycle, whichever run found it: it is known by the finding's natural key. Appended; the
-- latest holds.
create table finding_decisions (
    id          bigint generated always as identity primary key,
    cycle       text not null,
    finding     text not null,
    decision    text not null check (decision in ('keep', 'exclude', 'correct')),
    metric      text,
    value       numeric,
    reason      text not null check (reason <> ''),
    decided_by  text not null check (decided_by <> ''),
    decided_at  timestamptz not null,
    check ((decision = 'correct') = (value is not null))
);
create index finding_decisions_by_finding on finding_decisions (cycle, finding, id desc);

-- An owner confirms its data as they stand: the hash is over its observations, so that data which change afterwards are
-- not confirmed.
create table confirmations (
    id           bigint generated always as identity primary key,
    cycle        text not null,
    category     text not null,
    unit         text not null,
    data_hash    text not null,
    confirmed_by text not null check (confirmed_by <> ''),
    confirmed_at timestamptz not null,
    unique (cycle, category, unit, data_hash)
);

-- What was decided when a run locked its data, and what it changed of the unit's score, in one sentence.
create table finding_treatments (
    run         text not null references runs,
    finding     text not null,
    category    text not null,
    unit        text not null,
    sentence_zh text not null,
    sentence_en text not null,
    primary key (run, finding)
);

create trigger finding_decisions_are_appended before update or delete on finding_decisions
    for each row execute function refuse_change();
create trigger confirmations_are_appended before update or delete on confirmations
    for each row execute function refuse_change();
