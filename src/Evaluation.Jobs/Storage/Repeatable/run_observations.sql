-- What holds in a run: of everything that its documents state, one observation a natural key. Where two of them state
-- the same thing, the later document of the run holds (run_document_order). A value found wrong is kept, and never used:
-- where the document that holds says that it is wrong, nothing of that key is used. Nor is a value of a resource that the
-- scope rules leave out of the run.
create or replace view run_observations as
select run, natural_key, id, unit, resource, category, metric, period_from, period_to, value, answer, unit_of_measure,
       dimensions, document, document_name, document_number, locator, flags, verification
from (
    select distinct on (d.run, o.natural_key collate "C")
        d.run, o.natural_key collate "C" as natural_key, o.id, o.unit, o.resource, o.category, o.metric,
        o.period_from, o.period_to, o.value, o.answer, o.unit_of_measure, o.dimensions,
        d.document, s.name as document_name, s.number as document_number, t.locator, o.flags, o.verification
    from run_document_order d
    join source_documents s on s.sha256 = d.document and s.state = 'read'
    join document_observations t on t.document_number = s.number
    join metric_observations o on o.id = t.observation
    order by d.run, o.natural_key collate "C", d.ordinal desc, o.version desc) held
where verification <> 'rejected'
  and not exists (
      select 1 from resources_left_out l
      where l.run = held.run and l.category = held.category and l.unit = held.unit and l.resource = held.resource);

-- The same as if nobody had decided on findings: what was reported.
create or replace view run_observations_as_reported as
select distinct on (d.run, o.natural_key collate "C")
    d.run, o.natural_key collate "C" as natural_key, o.id, o.unit, o.resource, o.category, o.metric,
    o.period_from, o.period_to, o.value, o.answer, o.unit_of_measure, o.dimensions,
    d.document, s.name as document_name, s.number as document_number, t.locator, o.flags, o.verification
from run_document_order d
join source_documents s on s.sha256 = d.document and s.state = 'read' and s.format <> 'finding-decisions'
join document_observations t on t.document_number = s.number
join metric_observations o on o.id = t.observation
where o.verification <> 'rejected'
  and not exists (
      select 1 from resources_left_out l
      where l.run = d.run and l.category = o.category and l.unit = o.unit and l.resource = o.resource)
order by d.run, o.natural_key collate "C", d.ordinal desc, o.version desc;
