SELECT {table} AS resource, {key} AS row_key, {column} AS column_name,
  {table} || '.' || {key} || {suffix} AS figure_id,
  {label} AS label, {cell} AS value, {unit} AS unit,
  c.quote, c.section, s.title AS source
FROM {name} AS t
LEFT JOIN citations AS c ON c.citation_id = {cited}
LEFT JOIN sources AS s ON s.source_id = c.source_id
WHERE {cell} IS NOT NULL OR instr(t._not_stated, {listed}) > 0
