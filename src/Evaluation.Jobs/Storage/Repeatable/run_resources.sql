-- The resources of a run, as the run's documents state them: the later document holds.
create or replace view run_resources as
select distinct on (d.run, r.category, r.unit, r.resource)
    d.run, r.category, r.unit, r.resource, r.name_zh, r.class, r.original_value, r.in_service_from, r.registered,
    d.document, s.name as document_name, r.locator
from run_documents d
join source_documents s on s.sha256 = d.document and s.state = 'read'
join resources r on r.document_number = s.number
order by d.run, r.category, r.unit, r.resource, d.ordinal desc;
