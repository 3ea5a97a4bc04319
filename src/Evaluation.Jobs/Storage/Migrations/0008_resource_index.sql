-- The resource index of a run over provinces, disciplines and institutions, and the paper that tells it.
-- Written once: a run's index never changes.

create table resource_indices (
    run         text primary key references runs,
    earlier_run text references runs,
    result      bytea not null,
    sha256      text not null,
    computed_at timestamptz not null
);

create table index_reports (
    run    text primary key references resource_indices,
    number text not null,
    file   text not null,
    pages  integer not null,
    bytes  bigint not null,
    sha256 text not null
);

create trigger resource_indices_are_appended before update or delete on resource_indices
    for each row execute function refuse_change();
