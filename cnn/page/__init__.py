"""The page: what the browser gets, and the server that sends it and answers programs."""
