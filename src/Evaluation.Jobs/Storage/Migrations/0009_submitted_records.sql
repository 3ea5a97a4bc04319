-- Records of outside systems that may be sent again until their source submits them. A submitted one is locked until
-- the platform returns it.
create table submitted_records (
    scheme    text not null,
    unit      text not null,
    record    text not null,
    submitted boolean not null,
    primary key (scheme, unit, record)
);

-- Files from which a record was taken, by the hash of their bytes: read anew by a mended profile, a file says nothing new.
create table record_statements (
    scheme         text not null,
    unit           text not null,
    record         text not null,
    content_sha256 text not null,
    primary key (scheme, unit, record, content_sha256)
);

-- A submitted record that the platform returned: why, by whom, when.
create table returned_records (
    number      bigint generated always as identity primary key,
    scheme      text not null,
    unit        text not null,
    record      text not null,
    reason      text not null,
    returned_by text not null,
    returned_at timestamptz not null
);

-- Every message that an institution pushed, as it came, with what it was answered; also the refused ones.
create table received_messages (
    number      bigint generated always as identity primary key,
    source      text references sources,
    unit_code   text not null,
    kind        text not null,
    sha256      text not null,
    body        bytea not null,
    code        integer not null,
    why_zh      text not null,
    why_en      text not null,
    received_at timestamptz not null
);

create trigger received_messages_are_appended before update or delete on received_messages
    for each row execute function refuse_change();
create trigger returned_records_are_appended before update or delete on returned_records
    for each row execute function refuse_change();
