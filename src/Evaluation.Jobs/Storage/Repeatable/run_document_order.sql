-- The order in which the documents of a run count: the one in which they were handed in, except that documents of one
-- profile which say when they were issued take their places among themselves in the order of their issue.
create or replace view run_document_order as
with issued as (
    select d.run, d.document, d.ordinal, s.profile,
           row_number() over (partition by d.run, s.profile order by s.issued_on, d.ordinal) as nth_issued,
           row_number() over (partition by d.run, s.profile order by d.ordinal) as nth_given
    from run_documents d
    join source_documents s on s.sha256 = d.document
    where s.issued_on is not null
)
select d.run, d.document, coalesce(place.ordinal, d.ordinal) as ordinal
from run_documents d
left join issued own on own.run = d.run and own.document = d.document
left join issued place on place.run = own.run and place.profile = own.profile and place.nth_given = own.nth_issued;
