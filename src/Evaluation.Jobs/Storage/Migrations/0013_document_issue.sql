-- The day on which a source issued a document, where the document says it: a report made later replaces an earlier one
-- about the same period, in whichever order the two files were handed in.
alter table source_documents add column issued_on date;
