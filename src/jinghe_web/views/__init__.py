"""From a request to a page: parse, one action or query, render."""
