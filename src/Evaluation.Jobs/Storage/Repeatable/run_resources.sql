-- The resources of a run, as the run's documents state them: the later document holds.
drop view if exists run_resources;
create view run_resources as
select distinct on (d.run, r.category, r.unit, r.resource)
    d.run, r.category, r.unit, r.resource, r.name_zh, r.name_en, r.kind, r.class, r.status, r.share_mode, r.original_value,
    r.in_service_from, r.booked_on, r.registered, r.registered_on, r.retired_on, r.included,
    coalesce(
        (select jsonb_object_agg(i.scheme, i.identifier) from resource_identifiers i
         where i.document_number = r.document_number and i.category = r.category and i.unit = r.unit and i.resource = r.resource),
        '{}') as identifiers,
    d.document, s.name as document_name, r.locator
from run_documents d
join source_documents s on s.sha256 = d.document and s.state = 'read'
join resources r on r.document_number = s.number
order by d.run, r.category, r.unit, r.resource, d.ordinal desc;
