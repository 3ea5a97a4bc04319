-- One identity an institution: its identifiers and the names under which outside systems know it. A name or identifier
-- belongs to an institution only when a person has confirmed it.

create table institutions (
    unit        text primary key,
    name_zh     text not null,
    name_en     text not null,
    province_zh text,
    province_en text,
    added_at    timestamptz not null
);

-- What a name or identifier was proposed for, why, and what a person decided. Decided rows are kept, also refused ones,
-- so that nobody is asked twice.
create table institution_aliases (
    scheme      text not null,
    value       text not null,
    unit        text not null references institutions,
    state       text not null check (state in ('proposed', 'confirmed', 'refused')),
    rule        text not null,
    because_zh  text not null,
    because_en  text not null,
    proposed_at timestamptz not null,
    decided_by  text,
    decided_at  timestamptz,
    reason      text,
    primary key (scheme, value, unit),
    check ((state = 'proposed') = (decided_by is null))
);
-- A name or identifier means one institution.
create unique index institution_aliases_confirmed on institution_aliases (scheme, value) where state = 'confirmed';
create index institution_aliases_by_unit on institution_aliases (unit);

-- Every decision, the overruled ones too.
create table institution_decisions (
    id         bigint generated always as identity primary key,
    scheme     text not null,
    value      text not null,
    unit       text not null,
    state      text not null,
    decided_by text not null,
    decided_at timestamptz not null,
    reason     text not null
);
create trigger institution_decisions_are_appended before update or delete on institution_decisions
    for each row execute function refuse_change();
