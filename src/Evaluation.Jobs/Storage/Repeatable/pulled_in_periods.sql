-- The pulled documents that say something about periods of categories: a figure or a service record that lies in one of
-- them, or, where a document has neither, a unit or resource of the category.
create or replace function pulled_in_periods(categories text[], period_froms date[], period_tos date[])
returns setof pulled_documents stable language sql as $$
    with wanted as (
        select * from unnest(categories, period_froms, period_tos) as w (category, period_from, period_to)
    ),
    weighed as (
        select p.source, p.name, p.document, d.number,
            exists (select from document_observations s where s.document_number = d.number) as has_figures,
            exists (select from service_record_units r where r.document_number = d.number) as has_records
        from pulled_documents p join source_documents d on d.sha256 = p.document and d.state = 'read'
    )
    select p.* from weighed g join pulled_documents p using (source, name, document)
    where (g.has_figures and exists (
            select from document_observations s
            join metric_observations o on o.id = s.observation
            join wanted w on w.category = o.category and o.period_from < w.period_to and o.period_to > w.period_from
            where s.document_number = g.number))
        or (g.has_records and exists (
            select from service_record_units u
            join wanted w on w.category = u.category
            join service_resources n on n.category = u.category and n.unit = u.unit
            join service_records r on r.resource = n.id and r.document_number = g.number
                and r.started < w.period_to and coalesce(r.ended, r.started + interval '1 second') > w.period_from
            where u.document_number = g.number))
        or (not g.has_figures and not g.has_records and (
            exists (select from units u join wanted w using (category) where u.document_number = g.number)
            or exists (select from resources r join wanted w using (category) where r.document_number = g.number)))
    order by p.ordinal
$$;
