"""The pure fold: facts to measures, measures to awards, awards to what a page can show."""
