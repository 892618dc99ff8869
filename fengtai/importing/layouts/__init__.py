"""How a sheet lies: one record in a row, or a table across whose figures become rows; and what is said once for all."""
