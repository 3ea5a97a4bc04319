-- What a person approved for payment: the awards of a category as a run gave them, or as a scenario of that run would.
-- Appended; the greatest version of a cycle's category holds. Nothing of the run is touched.
create table approvals (
    cycle       text not null,
    category    text not null,
    version     integer not null check (version > 0),
    supersedes  integer,
    run         text not null references runs,
    settings    text not null,
    units       integer not null,
    amount      numeric(20, 2) not null,
    result      bytea not null,
    sha256      text not null,
    approved_by text not null check (approved_by <> ''),
    approved_at timestamptz not null,
    reason      text not null check (reason <> ''),
    primary key (cycle, category, version),
    foreign key (cycle, category, supersedes) references approvals,
    check (supersedes is not distinct from nullif(version - 1, 0))
);
create index approvals_by_run on approvals (run);

create trigger approvals_are_appended before update or delete on approvals
    for each row execute function refuse_change();
