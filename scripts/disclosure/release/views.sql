-- Views for the questions that are asked most. Numbers are exact to fifteen digits; sum the columns ending in _e4.
CREATE VIEW execution_by_project AS
SELECT p.fiscal_year, p.project_id, p.name, p.budget_wan, p.adjusted_budget_wan, p.expenditure_wan,
       round(100.0 * p.expenditure_wan_e4 / nullif(coalesce(p.adjusted_budget_wan_e4, p.budget_wan_e4), 0), 2)
         AS execution_pct,
       p.disclosure_state, c.quote
FROM projects AS p LEFT JOIN citations AS c USING (citation_id);

CREATE VIEW targets_by_state AS
SELECT fiscal_year, disclosure_state, count(*) AS projects,
       sum(budget_wan_e4) / 10000.0 AS budget_wan, sum(budget_wan_e4) AS budget_wan_e4
FROM projects GROUP BY fiscal_year, disclosure_state;

CREATE VIEW indicators_missed AS
SELECT i.fiscal_year, i.project_id, p.name AS project, i.indicator_no, i.name, i.direction,
       i.target_value, i.actual_value, i.unit, i.weight, i.score, i.deviation_reason, c.quote
FROM indicators AS i
LEFT JOIN projects AS p USING (fiscal_year, project_id)
LEFT JOIN citations AS c ON c.citation_id = i.citation_id
WHERE (i.direction = 'ge' AND i.actual_value_e4 < i.target_value_e4)
   OR (i.direction = 'gt' AND i.actual_value_e4 <= i.target_value_e4)
   OR (i.direction = 'le' AND i.actual_value_e4 > i.target_value_e4)
   OR (i.direction = 'lt' AND i.actual_value_e4 >= i.target_value_e4)
   OR (i.direction = 'eq' AND i.actual_value_e4 <> i.target_value_e4);
