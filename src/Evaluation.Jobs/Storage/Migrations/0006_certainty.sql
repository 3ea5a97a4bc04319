-- How certain the results of a run are: one study a category, and of it what tables show, unit by unit.
create table certainty_studies (
    run      text not null references runs,
    category text not null,
    fragile  integer not null,
    study    bytea not null,
    sha256   text not null,
    primary key (run, category)
);

create table unit_certainty (
    run         text not null references runs,
    category    text not null,
    unit        text not null,
    rank_low    numeric,
    rank_high   numeric,
    grade_holds numeric,
    paid        numeric,
    award_low   numeric(20, 2),
    award_high  numeric(20, 2),
    edge        numeric,
    fragile     boolean not null,
    certainty   bytea not null,
    primary key (run, category, unit)
);

create trigger certainty_studies_are_appended before update or delete on certainty_studies
    for each row execute function refuse_change();
create trigger unit_certainty_rows_are_appended before update or delete on unit_certainty
    for each row execute function refuse_change();
