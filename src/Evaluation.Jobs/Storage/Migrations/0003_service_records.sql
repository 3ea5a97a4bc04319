-- Service records at national volume: names as numbers, two times instead of a range, a partition (home) a cycle and
-- one for every large document, which is filled bare and indexed once it is complete.
-- Registers of resources: more days, identifiers, and what is in scope. Measured hours: raw, merged, accepted.

alter table service_records rename to service_records_before;
alter table service_records_before drop constraint service_records_pkey;

create table service_resources (
    id       integer generated always as identity primary key,
    category text not null,
    unit     text not null,
    resource text not null,
    unique (category, unit, resource)
);

-- Texts that many records share: users' units, purposes, ways of service.
create table service_texts (
    id      integer generated always as identity primary key,
    content text not null unique
);

-- Where records are kept: a cycle's own partition for its small documents, and a partition for each large document,
-- which is attached when the document is read whole.
create table service_record_homes (
    home            integer generated always as identity primary key,
    cycle           text not null,
    document_number integer unique references source_documents (number)
);
create unique index service_record_homes_of_cycle on service_record_homes (cycle) where document_number is null;

-- Times are civil, as written. scope: 0 internal, 1 external, 2 unknown. kind: 0 hours, 1 samples, 2 count.
create table service_records (
    started             timestamp not null,
    ended               timestamp,
    fee_fen             bigint,
    quantity_millionths bigint,
    document_number     integer not null,
    line                integer not null,
    resource            integer not null,
    used_by             integer,
    way                 integer,
    purpose             integer,
    home                integer not null,
    scope               smallint not null,
    kind                smallint not null,
    related             boolean,
    record              text not null,
    invoice             text
) partition by list (home);

-- Which records does this instrument have (measuring, and the page of an instrument)?
create index service_records_of_resource on service_records (resource);
-- Who has used this invoice before?
create index service_records_of_invoice on service_records (invoice) where invoice is not null;

create function attach_service_record_home(of_home integer) returns void language plpgsql as $$
begin
    execute format('create index on service_records_%1$s (resource)', of_home);
    execute format('create index on service_records_%1$s (invoice) where invoice is not null', of_home);
    execute format('alter table service_records attach partition service_records_%1$s for values in (%1$s)', of_home);
    execute format('alter table service_records_%1$s drop constraint home', of_home);
    execute format('analyze service_records_%1$s', of_home);
end $$;

create function service_record_home(of_cycle text, of_document integer) returns integer language plpgsql as $$
declare
    found_home integer;
begin
    perform pg_advisory_xact_lock(hashtext('service_record_homes'));
    select home into found_home from service_record_homes
    where cycle = of_cycle and document_number is not distinct from of_document;
    if found then return found_home; end if;

    insert into service_record_homes (cycle, document_number) values (of_cycle, of_document) returning home into found_home;
    -- Made bare; attaching waits for nobody who reads.
    execute format('create table service_records_%1$s (like service_records, constraint home check (home = %1$s))', found_home);
    if of_document is null then perform attach_service_record_home(found_home); end if;
    return found_home;
end $$;

-- The parts a file of service records is cut into, at the ends of lines; each is read in one transaction.
create table service_record_parts (
    document_number integer not null references source_documents (number),
    part            integer not null,
    home            integer not null references service_record_homes,
    from_byte       bigint not null,
    to_byte         bigint not null,
    lines_before    integer not null,
    lines           integer not null,
    state           text not null check (state in ('waiting', 'read')),
    accepted        integer not null default 0,
    skipped         integer not null default 0,
    open_sessions   integer not null default 0,
    aliases         jsonb not null default '{}',
    primary key (document_number, part)
);

-- Fingerprints of the records of a part until the document is complete: eight bytes of the key and four of the line,
-- sixteen buckets by the key's first four bits.
create table service_record_keys (
    document_number integer not null references source_documents (number),
    part            integer not null,
    bucket          smallint not null,
    keys            bytea not null,
    primary key (document_number, part, bucket)
);
alter table service_record_keys alter keys set storage external;

-- How many records each part has of each unit: measuring is cut by it.
create table service_record_units (
    document_number integer not null references source_documents (number),
    part            integer not null,
    category        text not null,
    unit            text not null,
    records         bigint not null,
    primary key (document_number, part, category, unit)
);

insert into service_resources (category, unit, resource)
select distinct category, unit, resource from service_records_before;
insert into service_texts (content) select distinct user_unit from service_records_before where user_unit is not null;
do $$
begin
    if exists (select 1 from service_records_before) then
        insert into service_records
        select lower(b.used) at time zone 'UTC', upper(b.used) at time zone 'UTC', (b.fee * 100)::bigint, null,
               b.document_number, b.line, r.id, t.id, null, null, service_record_home('', null),
               array_position(array['internal', 'external', 'unknown'], b.scope) - 1, 0, null, b.record, null
        from service_records_before b
        join service_resources r using (category, unit, resource)
        left join service_texts t on t.content = b.user_unit;
        insert into service_record_units (document_number, part, category, unit, records)
        select document_number, 0, category, unit, count(*) from service_records_before group by 1, 3, 4;
    end if;
end $$;
drop table service_records_before;

-- What the records of an instrument come to, as a document of measured hours states it.
create table service_hours (
    document_number integer not null references source_documents (number),
    category        text not null,
    unit            text not null,
    resource        text not null,
    period_from     date not null,
    period_to       date not null,
    records         bigint not null,
    raw_hours       numeric not null,
    merged_hours    numeric not null,
    accepted_hours  numeric not null,
    external_hours  numeric not null,
    internal_hours  numeric not null,
    unknown_hours   numeric not null,
    raw_fees        numeric not null,
    external_fees   numeric not null,
    internal_fees   numeric not null,
    unknown_fees    numeric not null,
    external_users  integer not null,
    internal_users  integer not null,
    unknown_users   integer not null,
    samples         numeric not null,
    lost            jsonb not null,
    primary key (document_number, category, unit, resource)
);

alter table resources
    add name_en text, add kind text, add status text, add share_mode text, add included boolean,
    add booked_on date, add registered_on date, add retired_on date;

create table resource_identifiers (
    document_number integer not null references source_documents (number),
    category        text not null,
    unit            text not null,
    resource        text not null,
    scheme          text not null,
    identifier      text not null,
    primary key (document_number, category, unit, resource, scheme)
);

-- Which resources of a run are out of scope, by which rule; a resource that is not here counts.
create table resources_left_out (
    run       text not null references runs,
    category  text not null,
    unit      text not null,
    resource  text not null,
    rule      text not null,
    reason_zh text not null,
    reason_en text not null,
    primary key (run, category, unit, resource)
);
