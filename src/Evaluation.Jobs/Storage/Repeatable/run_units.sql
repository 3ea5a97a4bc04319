-- The units of a run with their names, as the run's documents state them: the later document holds.
create or replace view run_units as
select distinct on (d.run, u.category, u.unit)
    d.run, u.category, u.unit, u.name_zh, u.name_en, u.province_zh, u.province_en, d.document
from run_documents d
join source_documents s on s.sha256 = d.document and s.state = 'read'
join units u on u.document_number = s.number
order by d.run, u.category, u.unit, d.ordinal desc;
