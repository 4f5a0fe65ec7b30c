INSERT INTO notes (id, text) VALUES (1, 'from the second script');
