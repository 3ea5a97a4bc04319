-- The results of a run beside those of the same data under other rules. Nothing of the run is touched.
create table comparisons (
    comparison    text primary key,
    run           text not null references runs,
    rule_set_hash text not null references rule_set_versions,
    cliff         numeric not null,
    units         integer not null,
    changed       integer not null,
    difference    numeric(20, 2) not null,
    made_at       timestamptz not null,
    result        bytea not null,
    sha256        text not null
);
create index comparisons_by_run on comparisons (run);

create trigger comparisons_are_appended before update or delete on comparisons
    for each row execute function refuse_change();
