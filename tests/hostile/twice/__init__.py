"""Every form that makes something, sent twice at the same moment: one record a form, and an answer to each sending."""
